package io.vmrestore.gateway.requests;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.gateway.publish.PublishedEvents;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.support.access.Role;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Requests of one user with an Idempotency-Key, and what the gateway publishes for them. */
abstract class KeyedRequests {
    final String user = newUser();
    final String key = UUID.randomUUID().toString();
    final String jobId = UUID.randomUUID().toString();

    WebTestClient client() {
        return SharedGateway.as(user, Role.ADMIN);
    }

    ResponseSpec post(WebTestClient client, String path, Object body, String... keys) {
        return client.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", keys)
                .bodyValue(body)
                .exchange();
    }

    static Map<String, Object> planRequest() {
        return Map.of("project_id", Jobs.PROJECT_ID, "vm_id", Jobs.VM_ID, "restore_point_id", Jobs.SNAPSHOT_ID);
    }

    static @Nullable String location(ResponseSpec answer) {
        return answer.expectBody().returnResult().getResponseHeaders().getFirst("Location");
    }

    static BodyContentSpec problem(ResponseSpec answer, int status, String kind) {
        return answer.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:" + kind);
    }

    List<RestoreEvent> published() {
        return PublishedEvents.all(event -> switch (event) {
            case RestoreRequested requested -> requested.requestedBy().equals(user);
            case ExecutionRequested requested -> requested.requestedBy().equals(user);
            case CancellationRequested requested -> requested.requestedBy().equals(user);
            default -> false;
        });
    }
}
