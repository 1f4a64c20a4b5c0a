package io.vmrestore.gateway.requests;

import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is one request under an Idempotency-Key, and what is another. */
class SameRequestTest extends KeyedRequests {
    @Test
    void standForOneRequestOnly() {
        STATUS.script(user, request -> Answer.json(200, Jobs.planned(jobId)));
        post(client(), "/restore/plan", planRequest(), key).expectStatus().isCreated();
        problem(post(client(), "/restore/plan", "{\"plan_id\":\"" + jobId + "\"}", key), 400, "invalid-request");
        problem(post(client(), "/restore/execute", Map.of("plan_id", jobId), key), 422, "idempotency-key-reused")
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail)
                        .matches("This Idempotency-Key was sent with another request at .*Z; a new request needs a new"
                                + " key\\."));
        problem(post(client(), "/restore/cancel/" + jobId, Map.of(), key), 422, "idempotency-key-reused");
    }

    static Stream<String> sameMeanings() {
        String fields = "\"vm_id\":\"%2$s\",\"project_id\":\"%1$s\",\"restore_point_id\":\"%3$s\"";
        return Stream.of(
                        "{" + fields + "}",
                        " {\n\t" + fields.replace(",", " ,\r\n ").replace(":", " : ") + "}\n",
                        "{" + fields.replace("vm_id", "\\u0076m\\u005fid") + "}",
                        "{" + fields + ",\"mode\":\"NEW\",\"ip_strategy\":\"NEW_IPS\",\"new_vm_name\":null}",
                        "{" + fields + ",\"mode\":null}",
                        "{" + fields.replace("%2$s", "%4$s") + "}")
                .map(body -> body.formatted(
                        Jobs.PROJECT_ID, Jobs.VM_ID, Jobs.SNAPSHOT_ID, Jobs.VM_ID.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("sameMeanings")
    void standForWhatIsMeantHoweverItIsWritten(String body) {
        STATUS.script(user, request -> Answer.json(200, Jobs.planned(StandInStatus.jobId(request))));
        String first = location(post(client(), "/restore/plan", planRequest(), key)
                .expectStatus()
                .isCreated());
        String again = location(
                post(client(), "/restore/plan", body, key).expectStatus().isCreated());
        assertThat(again).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"mode\":\"REPLACE\"", "\"new_vm_name\":\"a\"", "\"ip_strategy\":\"TRY_SAME_IPS\""})
    void standForNothingElse(String field) {
        STATUS.script(user, request -> Answer.json(200, Jobs.planned(StandInStatus.jobId(request))));
        String body = sameMeanings().findFirst().orElseThrow();
        post(client(), "/restore/plan", body, key).expectStatus().isCreated();
        problem(
                post(client(), "/restore/plan", body.replace("}", "," + field + "}"), key),
                422,
                "idempotency-key-reused");
    }

    @Test
    void tellANameFromTheSameInOtherLetters() {
        STATUS.script(user, request -> Answer.json(200, Jobs.planned(StandInStatus.jobId(request))));
        Map<String, Object> body = new LinkedHashMap<>(planRequest());
        body.put("new_vm_name", "web");
        post(client(), "/restore/plan", body, key).expectStatus().isCreated();
        body.put("new_vm_name", "WEB");
        problem(post(client(), "/restore/plan", body, key), 422, "idempotency-key-reused");
    }

    @Test
    void takeABodyThatIsEmptyForOneWithoutFields() {
        STATUS.script(user, request -> Answer.json(200, Jobs.with(Jobs.planned(jobId), "status", "CANCELLED")));
        for (String body : List.of("", "{}", "{\"reason\":null}")) {
            problem(post(client(), "/restore/cancel/" + jobId, body, key), 409, "wrong-state");
        }
        problem(post(client(), "/restore/cancel/" + jobId, "{\"reason\":\"x\"}", key), 422, "idempotency-key-reused");
    }
}
