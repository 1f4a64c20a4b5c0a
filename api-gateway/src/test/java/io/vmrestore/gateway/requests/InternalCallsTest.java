package io.vmrestore.gateway.requests;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInStatus;
import io.vmrestore.support.access.Role;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What a restore costs between the services: one question and one wait for each request, with a key or without. */
class InternalCallsTest {
    private final String user = newUser();
    private final AtomicReference<String> planId = new AtomicReference<>("");

    private ResponseSpec post(String path, Map<String, ?> body, String... keys) {
        return SharedGateway.as(user, Role.ADMIN)
                .post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", keys)
                .bodyValue(body)
                .exchange();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areTwoForAPlanAndTwoForItsExecution(boolean keyed) {
        STATUS.script(user, request -> {
            if (request.parameters().containsKey("until")) {
                planId.set(StandInStatus.jobId(request));
            }
            return planId.get().isEmpty() ? StandInStatus.notFound() : Answer.json(200, Jobs.planned(planId.get()));
        });
        String[] keys = keyed ? new String[] {UUID.randomUUID().toString()} : new String[0];
        post(
                        "/restore/plan",
                        Map.of(
                                "project_id", Jobs.PROJECT_ID,
                                "vm_id", Jobs.VM_ID,
                                "restore_point_id", Jobs.SNAPSHOT_ID),
                        keys)
                .expectStatus()
                .isCreated();
        assertThat(STATUS.calls(user)).isEqualTo(2);
        String[] others = keyed ? new String[] {UUID.randomUUID().toString()} : new String[0];
        post("/restore/execute", Map.of("plan_id", planId.get()), others)
                .expectStatus()
                .isAccepted();
        assertThat(STATUS.calls(user)).isEqualTo(4);
    }
}
