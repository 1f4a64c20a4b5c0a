package io.vmrestore.status.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.status.store.BatchWriter;
import io.vmrestore.status.store.JobChange;
import io.vmrestore.status.store.LogPosition;
import io.vmrestore.status.store.StoredJob;
import io.vmrestore.status.testing.EventTopic;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.Plans;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import io.vmrestore.status.testing.Tokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JobTest {
    private static final AtomicLong SEEDS = new AtomicLong(50_000);

    private final StatusService service = StatusService.shared();
    private final HttpProbe http = service.http("viewer");
    private final RestoreLife life = RestoreLife.smooth(SEEDS.incrementAndGet());
    private final String path = "/internal/jobs/" + life.jobId();

    @Test
    void aJobHasTheFieldsThatTheGatewayPassesOn() {
        store(null, life.lastState());
        JsonNode job = http.json(path);
        assertThat(job.propertyNames())
                .containsExactlyInAnyOrder(
                        "job_id",
                        "project_id",
                        "project_name",
                        "vm_id",
                        "vm_name",
                        "snapshot_id",
                        "mode",
                        "ip_strategy",
                        "new_vm_name",
                        "status",
                        "readiness",
                        "version",
                        "requested_by",
                        "executed_by",
                        "created_at",
                        "started_at",
                        "completed_at",
                        "last_heartbeat",
                        "execution",
                        "refusal",
                        "cancellation",
                        "interruption",
                        "failure",
                        "result",
                        "leftovers",
                        "progress",
                        "unreadable_events",
                        "plan",
                        "steps",
                        "next_actions",
                        "instructions");
        assertThat(job.get("status").asString()).isEqualTo("COMPLETED");
        assertThat(job.get("executed_by").asString()).isEqualTo("bob");
        assertThat(job.get("created_at").asString())
                .isEqualTo(life.lastState().createdAt().toString());
        assertThat(job.get("result").get("server_id").asString()).isEqualTo("server-5");
        JsonNode step = job.get("steps").get(2);
        assertThat(step.propertyNames())
                .containsExactlyInAnyOrder(
                        "step_order",
                        "action",
                        "status",
                        "depends_on",
                        "nic",
                        "undoes",
                        "attempt",
                        "request_id",
                        "detail",
                        "resources",
                        "error",
                        "started_at",
                        "completed_at",
                        "reason",
                        "waiting_for");
        assertThat(step.get("action").asString()).isEqualTo("create_volume");
        assertThat(step.get("depends_on").toString()).isEqualTo("[1,2]");
    }

    @Test
    void userDataAndThePublicKeyAreNotShown() {
        store(null, life.lastState());
        HttpResponse<String> answer = http.get(path);
        assertThat(HttpProbe.json(answer).get("plan").get("user_data").toString())
                .isEqualTo("{\"present\":true,\"bytes\":17}");
        assertThat(answer.body())
                .contains("operator-key")
                .doesNotContain(Plans.PUBLIC_KEY, "public_key", "ciphertext", "nonce", "partition", "offset");
    }

    @Test
    void aRestoreIsFoldedAndWakesWhoWaitsForItsStages() {
        ExecutionRequested request = life.events().stream()
                .filter(ExecutionRequested.class::isInstance)
                .map(ExecutionRequested.class::cast)
                .findFirst()
                .orElseThrow();
        int requested = life.events().indexOf(request);
        CompletableFuture<HttpResponse<String>> planned = http.getAsync(path + "?until=planned&wait_millis=60000");
        CompletableFuture<HttpResponse<String>> admitted =
                http.getAsync(path + "?until=admitted&execution_id=" + request.executionId() + "&wait_millis=60000");
        CompletableFuture<HttpResponse<String>> ended = http.getAsync(path + "?until=ended&wait_millis=60000");
        try (EventTopic topic = new EventTopic()) {
            topic.publish(life.events().subList(0, requested));
            assertThat(status(planned)).isEqualTo("PLANNED");
            assertThat(admitted).isNotDone();
            topic.publish(life.events().subList(requested, requested + 2));
            assertThat(status(admitted)).isEqualTo("RUNNING");
            assertThat(ended).isNotDone();
            topic.publish(life.events().subList(requested + 2, life.events().size()));
            assertThat(status(ended)).isEqualTo("COMPLETED");
        }
        assertThat(http.json(path).get("version").asLong())
                .isEqualTo(life.lastState().version());
    }

    @Test
    void aChangeByAnotherInstanceWakesWhoWaitsForANewerVersion() {
        JobState older = life.stateAfter(5);
        store(null, older);
        CompletableFuture<HttpResponse<String>> newer =
                http.getAsync(path + "?wait_millis=60000&after_version=" + older.version());
        await("somebody waits").until(service::hasWaitingReaders);
        store(older, life.stateAfter(6));
        assertThat(answer(newer).get("version").asLong()).isEqualTo(older.version() + 1);
        await("nobody is left waiting").until(() -> !service.hasWaitingReaders());
    }

    @Test
    void whenTheTimeIsOverTheAnswerIsWhatThereIs() {
        store(null, life.stateAfter(3));
        JsonNode job = http.json(path + "?until=ended&wait_millis=50");
        assertThat(job.get("status").asString())
                .isEqualTo(life.stateAfter(3).status().name());
        HttpResponse<String> none = http.get("/internal/jobs/" + UUID.randomUUID() + "?wait_millis=50");
        assertThat(none.statusCode()).isEqualTo(404);
    }

    @Test
    void aJobThatHasEndedIsWaitedForByNobody() {
        store(null, life.lastState());
        JsonNode job = http.json(path + "?wait_millis=60000&after_version=" + Long.MAX_VALUE);
        assertThat(job.get("status").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void aRefusedExecutionEndsTheWaitForItsAdmission() {
        UUID execution = UUID.randomUUID();
        List<RestoreEvent> events = List.of(
                life.events().get(0),
                life.events().get(1),
                new ExecutionRequested(life.jobId(), life.vmId(), Instant.now(), execution, "bob"),
                new RestoreEvent.ExecutionRefused(
                        life.jobId(), life.vmId(), Instant.now(), execution, "the VM is busy"));
        store(null, RestoreLife.fold(events));
        JsonNode job = http.json(path + "?until=admitted&wait_millis=60000&execution_id=" + execution);
        assertThat(job.get("status").asString()).isEqualTo("PLANNED");
        assertThat(job.get("refusal").get("reason").asString()).isEqualTo("the VM is busy");
        assertThat(job.get("execution").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "until=done | Parameter 'until' must be one of planned, admitted, ended",
                "until=admitted | Parameter 'execution_id' is required with until=admitted",
                "until=admitted&execution_id=1-1-1-1-1 | Parameter 'execution_id' must be a UUID",
                "wait_millis=-1 | Parameter 'wait_millis' must be a whole number from 0 to 300000",
                "after_version=x | Parameter 'after_version' must be a whole number from 0 to 9223372036854775807",
                "verbose=true | Parameter 'verbose' is unknown; known are after_version, execution_id, until,"
                        + " wait_millis"
            })
    void whatIsNotUnderstoodIsRefusedByName(String query, String detail) {
        HttpResponse<String> answer = http.get(path + "?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(HttpProbe.json(answer).get("detail").asString()).isEqualTo(detail);
    }

    @Test
    void aJobThatDoesNotExistIsNotFound() {
        JsonNode problem = problem(http.get(path), 404);
        assertThat(problem.get("type").asString()).isEqualTo("urn:vm-restore:problem:job-not-found");
        assertThat(problem.get("detail").asString())
                .isEqualTo("There is no job " + life.jobId() + "; GET /restore/jobs lists those there are");
        assertThat(problem(http.get("/internal/jobs/17"), 400).get("detail").asString())
                .isEqualTo("Parameter 'job_id' must be a UUID");
        assertThat(problem(http.get("/internal/vms"), 404).get("type").asString())
                .isEqualTo("urn:vm-restore:problem:not-found");
    }

    @Test
    void withoutAValidTokenNothingIsAnswered() {
        Instant later = Instant.now().plusSeconds(600);
        List<String> tokens = List.of(
                "",
                "nonsense",
                Tokens.of("viewer", "another-secret-of-more-than-32-bytes", "vm-restore", later),
                Tokens.of("viewer", StatusService.SECRET, "someone-else", later),
                Tokens.forAudience("api-gateway"),
                Tokens.of(
                        "viewer",
                        StatusService.SECRET,
                        "vm-restore",
                        Instant.now().minusSeconds(600)));
        for (String token : tokens) {
            HttpResponse<String> answer = new HttpProbe(service.port(), token).get(path);
            JsonNode problem = problem(answer, 401);
            assertThat(problem.get("type").asString()).isEqualTo("urn:vm-restore:problem:unauthenticated");
            assertThat(problem.get("detail").asString())
                    .isEqualTo("A valid Bearer token is required: sign in again at POST /auth/login");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        }
    }

    @Test
    void aRoleWithoutThePermissionIsToldWhichOneIsMissing() {
        JsonNode problem = problem(service.http("guest").get(path), 403);
        assertThat(problem.get("type").asString()).isEqualTo("urn:vm-restore:problem:missing-permission");
        assertThat(problem.get("detail").asString())
                .isEqualTo("Permission restore:read is missing: the token's role does not carry it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "admin", "superadmin"})
    void everyRoleMayRead(String role) {
        assertThat(service.http(role).get("/internal/jobs").statusCode()).isEqualTo(200);
    }

    @Test
    void healthAndMetricsNeedNoToken() {
        assertThat(service.management().get("/actuator/health/liveness").statusCode())
                .isEqualTo(200);
        assertThat(service.management().get("/actuator/health/readiness").body())
                .contains("\"fold\"", "\"r2dbc\"", "records_behind");
        assertThat(service.management().get("/actuator/prometheus").body())
                .contains(
                        "restore_fold_events_total{outcome=\"applied\"}",
                        "restore_fold_events_total{outcome=\"illegal\"}",
                        "restore_fold_events_total{outcome=\"undecodable\"}",
                        "restore_fold_lag",
                        "restore_fold_age",
                        "restore_fold_batch_seconds_count");
    }

    private void store(@Nullable JobState before, JobState after) {
        new BatchWriter(service.database().client())
                .write(
                        List.of(JobChange.first(before, new StoredJob(after, new LogPosition(0, -1)))),
                        List.of(),
                        List.of())
                .block();
    }

    private static String status(CompletableFuture<HttpResponse<String>> answer) {
        return answer(answer).get("status").asString();
    }

    private static JsonNode answer(CompletableFuture<HttpResponse<String>> answer) {
        HttpResponse<String> response = answer.orTimeout(Duration.ofSeconds(50).toMillis(), TimeUnit.MILLISECONDS)
                .join();
        assertThat(response.statusCode()).isEqualTo(200);
        return HttpProbe.json(response);
    }

    private static JsonNode problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        return HttpProbe.json(answer);
    }
}
