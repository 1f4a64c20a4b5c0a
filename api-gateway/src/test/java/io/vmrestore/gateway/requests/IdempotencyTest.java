package io.vmrestore.gateway.requests;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.KEYSTONE;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.gateway.publish.PublishedEvents;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInStatus;
import io.vmrestore.support.access.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Requests that are sent again with the same Idempotency-Key. */
class IdempotencyTest {
    private final String user = newUser();
    private final String key = UUID.randomUUID().toString();
    private final String jobId = UUID.randomUUID().toString();

    private WebTestClient client() {
        return SharedGateway.as(user, Role.ADMIN);
    }

    private ResponseSpec post(WebTestClient client, String path, Object body, String... keys) {
        return client.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", keys)
                .bodyValue(body)
                .exchange();
    }

    private static Map<String, Object> planRequest() {
        return Map.of("project_id", Jobs.PROJECT_ID, "vm_id", Jobs.VM_ID, "restore_point_id", Jobs.SNAPSHOT_ID);
    }

    private static @Nullable String location(ResponseSpec answer) {
        return answer.expectBody().returnResult().getResponseHeaders().getFirst("Location");
    }

    private static BodyContentSpec problem(ResponseSpec answer, int status, String kind) {
        return answer.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:" + kind);
    }

    private List<RestoreEvent> published() {
        return PublishedEvents.all(event -> switch (event) {
            case RestoreRequested requested -> requested.requestedBy().equals(user);
            case ExecutionRequested requested -> requested.requestedBy().equals(user);
            case CancellationRequested requested -> requested.requestedBy().equals(user);
            default -> false;
        });
    }

    @Test
    void planOnce() {
        STATUS.script(user, request -> Answer.json(200, Jobs.planned(StandInStatus.jobId(request))));
        String first = location(post(client(), "/restore/plan", planRequest(), key)
                .expectStatus()
                .isCreated());
        String second = location(post(client(), "/restore/plan", planRequest(), key)
                .expectStatus()
                .isCreated());
        assertThat(second).isEqualTo(first);
        // The stand-in knows every job, as if the request had been published by another gateway that died.
        assertThat(published()).isEmpty();
    }

    @Test
    void publishTheSameEventAgainWhenNobodyKnowsTheJobYet() {
        List<CompletableFuture<@Nullable String>> answers = IntStream.range(0, 4)
                .mapToObj(_ ->
                        CompletableFuture.supplyAsync(() -> location(post(client(), "/restore/plan", planRequest(), key)
                                .expectStatus()
                                .isAccepted())))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        // The log ignores repeats of one event.
        assertThat(published())
                .hasSizeBetween(1, 4)
                .allSatisfy(event -> assertThat(event).isEqualTo(published().getFirst()));
    }

    @Test
    void areTheSameOnEveryGateway() {
        try (RunningGateway other = new RunningGateway(
                "KAFKA_BOOTSTRAP_SERVERS=" + TestInfrastructure.kafkaBootstrapServers(),
                "OS_AUTH_URL=" + KEYSTONE.url(),
                "RESTORE_STATUS_URL=" + STATUS.url(),
                "RESTORE_PUBLISH_TIMEOUT=60s",
                "RESTORE_PLAN_WAIT=0s")) {
            String first = location(post(client(), "/restore/plan", planRequest(), key));
            String second = location(post(other.as(user, Role.ADMIN), "/restore/plan", planRequest(), key));
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void executeOnce() {
        AtomicReference<@Nullable String> execution = new AtomicReference<>();
        STATUS.script(user, request -> {
            @Nullable String asked = request.parameters().getFirst("execution_id");
            if (asked != null) {
                execution.set(asked);
            }
            Map<String, Object> job = Jobs.planned(jobId);
            @Nullable String known = execution.get();
            return Answer.json(
                    200,
                    known == null
                            ? job
                            : Jobs.with(
                                    Jobs.with(job, "status", "COMPLETED"), "execution", Map.of("execution_id", known)));
        });
        for (int time = 0; time < 3; time++) {
            post(client(), "/restore/execute", Map.of("plan_id", jobId), key)
                    .expectStatus()
                    .isAccepted()
                    .expectHeader()
                    .valueEquals("Location", "/restore/jobs/" + jobId)
                    .expectBody()
                    .json("{\"job_id\":\"" + jobId + "\",\"status\":\"PENDING\"}");
        }
        assertThat(published()).hasSize(1);
        problem(post(client(), "/restore/execute", Map.of("plan_id", jobId), "another"), 409, "wrong-state");
    }

    @Test
    void areRefusedAgainAsTheFirstWas() {
        AtomicReference<@Nullable String> execution = new AtomicReference<>();
        STATUS.script(user, request -> {
            @Nullable String asked = request.parameters().getFirst("execution_id");
            if (asked != null) {
                execution.set(asked);
            }
            @Nullable String known = execution.get();
            Map<String, Object> job = Jobs.planned(jobId);
            return Answer.json(
                    200,
                    known == null
                            ? job
                            : Jobs.with(job, "refusal", Map.of("execution_id", known, "reason", "VM is busy")));
        });
        for (int time = 0; time < 2; time++) {
            problem(post(client(), "/restore/execute", Map.of("plan_id", jobId), key), 409, "execution-refused")
                    .jsonPath("$.detail")
                    .isEqualTo("VM is busy");
        }
        assertThat(published()).hasSize(1);
    }

    @Test
    void cancelOnceAtEitherPath() {
        AtomicReference<@Nullable CancellationRequested> seen = new AtomicReference<>();
        STATUS.script(user, request -> {
            Map<String, Object> job = Jobs.with(Jobs.planned(jobId), "status", "RUNNING");
            if (request.parameters().containsKey("after_version")) {
                seen.set((CancellationRequested) published().getFirst());
            }
            @Nullable CancellationRequested known = seen.get();
            if (known != null) {
                job.put("cancellation", Map.of("requested_by", user, "requested_at", known.time()));
                job.put("status", "CANCELLED");
            }
            return Answer.json(200, job);
        });
        Map<String, Object> body = Map.of("reason", "wrong snapshot");
        for (String path : List.of("/restore/cancel/", "/restore/cancel/", "/restore/jobs/")) {
            post(client(), path + jobId + (path.endsWith("jobs/") ? "/cancel" : ""), body, key)
                    .expectStatus()
                    .isAccepted()
                    .expectBody()
                    .jsonPath("$.status")
                    .isEqualTo("CANCELLED");
        }
        assertThat(published()).hasSize(1);
        problem(post(client(), "/restore/cancel/" + jobId, body, "another"), 409, "wrong-state");
    }

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

    @Test
    void belongToTheirCaller() {
        String other = newUser();
        STATUS.script(user, request -> Answer.json(200, Jobs.planned(StandInStatus.jobId(request))));
        STATUS.script(other, request -> Answer.json(200, Jobs.planned(StandInStatus.jobId(request))));
        String mine = location(post(client(), "/restore/plan", planRequest(), key));
        String theirs = location(post(SharedGateway.as(other, Role.ADMIN), "/restore/plan", planRequest(), key));
        assertThat(theirs).isNotEqualTo(mine);
    }

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
