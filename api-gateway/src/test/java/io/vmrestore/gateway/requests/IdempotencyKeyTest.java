package io.vmrestore.gateway.requests;

import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of an Idempotency-Key. */
class IdempotencyKeyTest extends KeyedRequests {
    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "tab\there", "ümlaut", "LONG"})
    void needAKeyOfTheRightForm(String malformed) {
        String sent = malformed.equals("LONG") ? "x".repeat(256) : malformed;
        wrongKey(sent);
        assertThat(published()).isEmpty();
    }

    @Test
    void needOneKey() {
        wrongKey(key, key);
    }

    private void wrongKey(String... keys) {
        for (String path : List.of("/restore/plan", "/restore/execute", "/restore/cancel/" + jobId)) {
            Object body = path.endsWith("plan")
                    ? planRequest()
                    : path.endsWith("execute") ? Map.of("plan_id", jobId) : Map.of();
            problem(post(client(), path, body, keys), 400, "invalid-request")
                    .jsonPath("$.detail")
                    .isEqualTo(
                            "The header Idempotency-Key must be given once and hold 1 to 255 visible ASCII characters"
                                    + " without spaces, for example a UUID.");
        }
    }

    @Test
    void mayHaveTheLongestKey() {
        STATUS.script(user, request -> Answer.json(200, Jobs.planned(StandInStatus.jobId(request))));
        post(client(), "/restore/plan", planRequest(), "x".repeat(255))
                .expectStatus()
                .isCreated();
    }
}
