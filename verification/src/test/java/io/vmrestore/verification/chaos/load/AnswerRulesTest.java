package io.vmrestore.verification.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.MissingNode;

class AnswerRulesTest {

    @ParameterizedTest
    @CsvSource({
        "PLAN, 201, GRANTED", "PLAN, 202, GRANTED", "PLAN, 404, REFUSED", "PLAN, 422, REFUSED", "PLAN, 502, CLOUD_AWAY",
        "PLAN, 409, WRONG", "PLAN, 500, WRONG", "PLAN, 400, WRONG", "PLAN, 401, WRONG", "EXECUTE, 202, GRANTED",
        "EXECUTE, 409, REFUSED", "EXECUTE, 502, WRONG", "EXECUTE, 422, WRONG", "CANCEL, 409, REFUSED",
                "JOB, 200, GRANTED",
        "JOB, 404, REFUSED", "JOB, 504, WRONG", "JOB, 500, WRONG", "LOGIN, 504, CLOUD_AWAY", "LOGIN, 401, WRONG",
        "INVENTORY, 502, CLOUD_AWAY", "JOBS, 404, WRONG"
    })
    void statusesAreJudgedByWhatWasAsked(Call call, int status, AnswerClass expected) {
        assertThat(AnswerRules.classify(call, answer(status, null))).isEqualTo(expected);
    }

    @Test
    void unavailableAndLimitedMustSayWhenToComeAgain() {
        assertThat(AnswerRules.classify(Call.JOB, answer(503, 2))).isEqualTo(AnswerClass.UNAVAILABLE);
        assertThat(AnswerRules.classify(Call.JOB, answer(429, 2))).isEqualTo(AnswerClass.LIMITED);
        assertThat(AnswerRules.classify(Call.JOB, answer(503, null))).isEqualTo(AnswerClass.WRONG);
        assertThat(AnswerRules.classify(Call.JOB, answer(429, null))).isEqualTo(AnswerClass.WRONG);
    }

    @Test
    void noAnswerIsNoWrongAnswer() {
        assertThat(AnswerRules.classify(Call.PLAN, Answer.none())).isEqualTo(AnswerClass.CUT);
    }

    @Test
    void aMalformedBodyIsWrong() {
        Answer malformed = new Answer(200, MissingNode.getInstance(), "application/json", null);

        assertThat(AnswerRules.classify(Call.JOB, malformed)).isEqualTo(AnswerClass.WRONG);
    }

    @Test
    void anErrorThatIsNoProblemIsWrong() {
        Answer plain = new Answer(503, Json.MAPPER.createObjectNode().put("status", 503), "application/json", 1);

        assertThat(AnswerRules.classify(Call.JOB, plain)).isEqualTo(AnswerClass.WRONG);
    }

    @Test
    void aJobMayNotGoBack() {
        Restore restore = new Restore(
                new Wish(1, "p", "v", "n", "s", RestoreMode.NEW, IpStrategy.NEW_IPS, Wish.Ending.EXECUTE, 0));

        assertThat(restore.read(3, JobStatus.RUNNING)).isEmpty();
        assertThat(restore.read(3, JobStatus.RUNNING)).isEmpty();
        assertThat(restore.read(9, JobStatus.COMPLETED)).isEmpty();
        assertThat(restore.read(10, JobStatus.COMPLETED)).isEmpty();
        assertThat(restore.read(9, JobStatus.COMPLETED)).hasValue("version 9 after version 10");
        assertThat(restore.read(10, JobStatus.FAILED)).hasValue("version 10 was COMPLETED and is FAILED");
        assertThat(restore.read(11, JobStatus.RUNNING))
                .hasValueSatisfying(text -> assertThat(text).startsWith("RUNNING after"));
    }

    private static Answer answer(int status, @Nullable Integer retryAfter) {
        var body = Json.MAPPER.createObjectNode();
        if (status < 300) {
            return new Answer(status, body, "application/json", retryAfter);
        }
        body.put("status", status).put("type", "urn:vm-restore:problem:x").put("detail", "why");
        return new Answer(status, body, "application/problem+json", retryAfter);
    }
}
