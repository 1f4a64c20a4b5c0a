package io.vmrestore.status.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.status.store.BatchWriter;
import io.vmrestore.status.store.JobChange;
import io.vmrestore.status.store.LogPosition;
import io.vmrestore.status.store.StoredJob;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ActiveTest {
    private static final Random SEEDS = new Random();

    private final String project = "project-" + UUID.randomUUID();
    private final HttpProbe http = StatusService.shared().http("admin");

    private JobState stored(JobStatus status, @Nullable UUID refusedExecutionId) {
        return stored(project, status, refusedExecutionId);
    }

    /** A restore in the tables of the shared service, which nothing goes on with. */
    static JobState stored(String project, JobStatus status, @Nullable UUID refusedExecutionId) {
        JobState job = RestoreLife.smooth(SEEDS.nextLong()).lastState();
        JobState.Request request = job.request();
        JobState stored = new JobState(
                job.jobId(),
                job.vmId(),
                job.version(),
                status,
                new JobState.Request(
                        project,
                        request.restorePointId(),
                        request.mode(),
                        request.newVmName(),
                        request.ipStrategy(),
                        request.requestedBy()),
                job.plan(),
                job.execution(),
                refusedExecutionId == null ? null : new JobState.Refusal(refusedExecutionId, "busy"),
                job.cancellation(),
                job.interruption(),
                job.steps(),
                job.rollingBack(),
                job.failure(),
                job.result(),
                job.leftovers(),
                job.createdAt(),
                job.startedAt(),
                job.completedAt(),
                job.lastHeartbeat());
        new BatchWriter(StatusService.shared().database().client())
                .write(
                        List.of(JobChange.first(null, new StoredJob(stored, new LogPosition(0, 0)))),
                        List.of(),
                        List.of())
                .block();
        return stored;
    }

    private static Map<String, Object> accepted(UUID jobId, @Nullable UUID executionId) {
        Map<String, Object> accepted = new HashMap<>();
        accepted.put("job_id", jobId);
        accepted.put("execution_id", executionId);
        return accepted;
    }

    private JsonNode ask(List<Map<String, Object>> accepted) {
        HttpResponse<String> answer = post(Map.of("project_id", project, "accepted", accepted));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return HttpProbe.json(answer);
    }

    private HttpResponse<String> post(Object question) {
        return http.postAsync("/internal/active", Json.MAPPER.writeValueAsString(question))
                .join();
    }

    private static List<String> shown(JsonNode answer) {
        return answer.path("shown").values().stream().map(JsonNode::asString).toList();
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void countsWhatIsPlannedOrExecutedNow(JobStatus status) {
        stored(status, null);
        stored(status, null);
        boolean active = status == JobStatus.PLANNING || status == JobStatus.PENDING || status == JobStatus.RUNNING;
        JsonNode answer = ask(List.of());
        assertThat(answer.path("in_project").asInt()).isEqualTo(active ? 2 : 0);
        assertThat(answer.path("total").asInt())
                .isGreaterThanOrEqualTo(answer.path("in_project").asInt());
    }

    @Test
    void saysWhichAcceptedRequestsItShows() {
        UUID refusedExecution = UUID.randomUUID();
        UUID runningExecution = UUID.randomUUID();
        UUID endedExecution = UUID.randomUUID();
        UUID planning = stored(JobStatus.PLANNING, null).jobId();
        UUID planned = stored(JobStatus.PLANNED, null).jobId();
        UUID refused = stored(JobStatus.PLANNED, refusedExecution).jobId();
        UUID refusedBefore = stored(JobStatus.PLANNED, UUID.randomUUID()).jobId();
        UUID running = stored(JobStatus.RUNNING, null).jobId();
        UUID ended = stored(JobStatus.FAILED, null).jobId();
        JsonNode answer = ask(List.of(
                accepted(planning, null),
                accepted(UUID.randomUUID(), null),
                accepted(planned, UUID.randomUUID()),
                accepted(refused, refusedExecution),
                accepted(refusedBefore, UUID.randomUUID()),
                accepted(running, runningExecution),
                accepted(ended, endedExecution)));
        assertThat(shown(answer))
                .containsExactlyInAnyOrder(
                        planning.toString(),
                        refusedExecution.toString(),
                        runningExecution.toString(),
                        endedExecution.toString());
        assertThat(shown(ask(List.of(accepted(planned, null))))).containsExactly(planned.toString());
    }

    @Test
    void takesAsManyRequestsAsAGatewayAsksAbout() {
        assertThat(shown(ask(Collections.nCopies(1000, accepted(UUID.randomUUID(), UUID.randomUUID())))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "nonsense",
                "{\"project_id\":\"p\"}",
                "{\"project_id\":\"\",\"accepted\":[]}",
                "{\"project_id\":\"\\u0000\",\"accepted\":[]}",
                "{\"project_id\":\"p\",\"accepted\":[null]}",
                "{\"project_id\":\"p\",\"accepted\":[{}]}",
                "{\"project_id\":\"p\",\"accepted\":[{\"job_id\":\"x\"}]}"
            })
    void refusesWhatIsNoQuestion(String body) {
        assertThat(http.postAsync("/internal/active", body).join().statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"viewer, 403", "operator, 403", "admin, 200"})
    void answersWhoMayChangeRestores(String role, int status) {
        assertThat(StatusService.shared()
                        .http(role)
                        .postAsync("/internal/active", "{\"project_id\":\"p\",\"accepted\":[]}")
                        .join()
                        .statusCode())
                .isEqualTo(status);
    }
}
