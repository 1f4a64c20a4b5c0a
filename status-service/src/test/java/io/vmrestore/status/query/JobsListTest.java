package io.vmrestore.status.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.status.store.BatchWriter;
import io.vmrestore.status.store.JobChange;
import io.vmrestore.status.store.LogPosition;
import io.vmrestore.status.store.StoredJob;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.Plans;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class JobsListTest {
    private static final String REQUESTER = "lister-" + new Random().nextLong();
    private static final List<JobState> JOBS = new ArrayList<>();

    private final HttpProbe http = StatusService.shared().http("viewer");

    @BeforeAll
    static void storeJobs() {
        // Half of the jobs begin at the same time as another one, so that pages end between equal times.
        LongStream.range(0, 40).forEach(seed -> {
            JobState job = RestoreLife.troubled(seed).lastState();
            JobState twin = RestoreLife.troubled(1000 + seed).lastState();
            JOBS.add(requested(job, job, REQUESTER));
            JOBS.add(requested(twin, job, REQUESTER));
        });
        JOBS.sort(Comparator.comparing(JobState::createdAt)
                .thenComparing(job -> job.jobId().toString())
                .reversed());
        store(JOBS);
    }

    private static void store(List<JobState> jobs) {
        new BatchWriter(StatusService.shared().database().client())
                .write(
                        jobs.stream()
                                .map(job -> JobChange.first(null, new StoredJob(job, new LogPosition(0, 0))))
                                .toList(),
                        List.of(),
                        List.of())
                .block();
    }

    @Test
    void pagesTogetherAreTheWholeListNewestFirst() {
        for (int limit : new int[] {1, 7, 79, 80, 200}) {
            assertThat(pages("", limit)).as("limit %d", limit).isEqualTo(ids(_ -> true));
        }
    }

    @Test
    void everyFilterChoosesAndPages() {
        JobState chosen = JOBS.get(33);
        String project = chosen.request().projectId();
        assertThat(pages("&status=COMPLETED", 3))
                .isNotEmpty()
                .isEqualTo(ids(job -> job.status().name().equals("COMPLETED")));
        assertThat(pages("&status=COMPLETED&status=FAILED", 3))
                .isNotEmpty()
                .isEqualTo(ids(job ->
                        List.of("COMPLETED", "FAILED").contains(job.status().name())));
        assertThat(pages("&vm_id=" + chosen.vmId(), 3))
                .isEqualTo(ids(job -> job.vmId().equals(chosen.vmId())));
        assertThat(pages("&project_id=" + project, 3))
                .isEqualTo(ids(job -> job.request().projectId().equals(project)));
        assertThat(pages("&mode=REPLACE", 3)).isEmpty();
        assertThat(pages("&mode=NEW", 9)).isEqualTo(ids(_ -> true));
        assertThat(pages("&created_after=" + chosen.createdAt(), 3))
                .isEqualTo(ids(job -> !job.createdAt().isBefore(chosen.createdAt())));
        assertThat(pages("&created_before=" + chosen.createdAt(), 3))
                .isEqualTo(ids(job -> job.createdAt().isBefore(chosen.createdAt())));
        assertThat(pages("&status=FAILED&project_id=" + project + "&mode=NEW", 2))
                .isEqualTo(ids(job -> job.status().name().equals("FAILED")
                        && job.request().projectId().equals(project)));
    }

    @Test
    void pagesHaveNeitherGapsNorDoublesWhileJobsAreAdded() {
        String requester = REQUESTER + "-meanwhile";
        List<JobState> before = LongStream.range(3000, 3006)
                .mapToObj(seed -> requested(RestoreLife.smooth(seed).lastState(), JOBS.get((int) seed % 10), requester))
                .toList();
        store(before);
        String first = "/internal/jobs?limit=3&requested_by=" + requester;
        JsonNode page = http.json(first);
        store(List.of(requested(RestoreLife.smooth(3100).lastState(), JOBS.getFirst(), requester)));
        JsonNode next = http.json(first + "&marker=" + page.get("next_marker").asString());
        List<String> ids = new ArrayList<>();
        page.get("jobs").forEach(job -> ids.add(job.get("job_id").asString()));
        next.get("jobs").forEach(job -> ids.add(job.get("job_id").asString()));
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(job -> job.jobId().toString()).toList());
        assertThat(http.json(first + "&with_count=true").get("count").asInt()).isEqualTo(7);
    }

    @Test
    void aMarkerThatWasTamperedWithIsRefused() {
        String marker = http.json("/internal/jobs?limit=5&requested_by=" + REQUESTER)
                .get("next_marker")
                .asString();
        String path = "/internal/jobs?limit=5&requested_by=" + REQUESTER + "&marker=";
        assertThat(http.get(path + marker).statusCode()).isEqualTo(200);
        for (int place = 0; place < marker.length(); place++) {
            char other = marker.charAt(place) == 'A' ? 'Q' : 'A';
            String tampered = marker.substring(0, place) + other + marker.substring(place + 1);
            assertThat(http.get(path + tampered).statusCode()).as(tampered).isEqualTo(400);
        }
        assertThat(http.get(path + marker.substring(1)).statusCode()).isEqualTo(400);
        assertThat(http.get(path + marker + "A").statusCode()).isEqualTo(400);
    }

    @Test
    void theCountIsThatOfAllPagesAndOnlyGivenWhenAskedFor() {
        assertThat(http.json("/internal/jobs?with_count=true&limit=2&requested_by=" + REQUESTER)
                        .get("count")
                        .asInt())
                .isEqualTo(JOBS.size());
        assertThat(http.json("/internal/jobs?limit=2").has("count")).isFalse();
    }

    @Test
    void aSummaryHasProgressAndNeitherPlanNorSteps() {
        JsonNode first = http.json("/internal/jobs?status=COMPLETED&limit=1&requested_by=" + REQUESTER)
                .get("jobs")
                .get(0);
        assertThat(first.has("plan")).isFalse();
        assertThat(first.has("steps")).isFalse();
        assertThat(first.get("vm_name").asString()).isEqualTo("db-1");
        assertThat(first.get("progress").get("percent").asInt()).isEqualTo(100);
        assertThat(first.get("progress").get("total_steps").asInt())
                .isEqualTo(first.get("progress").get("completed_steps").asInt());
    }

    @Test
    void aPlanThatCannotBeExecutedIsNotListedAsReady() {
        String vm = "vm-" + REQUESTER;
        UUID ready = planned(vm, true);
        UUID refused = planned(vm, false);
        Map<String, String> told = new HashMap<>();
        http.json("/internal/jobs?vm_id=" + vm)
                .get("jobs")
                .forEach(job -> told.put(
                        job.get("job_id").asString(), job.get("readiness").asString()));
        assertThat(told)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(ready.toString(), "READY", refused.toString(), "NOT_ELIGIBLE"));
        assertThat(http.json("/internal/jobs?limit=1&status=COMPLETED")
                        .get("jobs")
                        .get(0)
                        .get("readiness")
                        .isNull())
                .isTrue();
    }

    private static UUID planned(String vm, boolean eligible) {
        UUID job = UUID.randomUUID();
        Instant time = Instant.parse("2026-11-22T08:30:00Z");
        store(List.of(RestoreLife.fold(List.of(
                new RestoreRequested(
                        job,
                        vm,
                        time,
                        "project-1",
                        "snapshot-1",
                        RestoreMode.NEW,
                        null,
                        IpStrategy.NEW_IPS,
                        REQUESTER + "-planner"),
                new PlanCreated(job, vm, time, Plans.of(vm, "db-1", "project-1", 1, eligible))))));
        return job;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour=red | Parameter 'colour' is unknown; known are created_after, created_before, limit, marker,"
                        + " mode, project_id, requested_by, status, vm_id, with_count",
                "status=DONE | Parameter 'status' must be one of PLANNING, PLANNED, PENDING, RUNNING, COMPLETED,"
                        + " FAILED, CANCELLED, INTERRUPTED, DRY_RUN",
                "mode=new | Parameter 'mode' must be one of NEW, REPLACE",
                "limit=0 | Parameter 'limit' must be a whole number from 1 to 200",
                "limit=201 | Parameter 'limit' must be a whole number from 1 to 200",
                "limit=ten | Parameter 'limit' must be a whole number from 1 to 200",
                "limit=1&limit=2 | Parameter 'limit' is given more than once",
                "vm_id= | Parameter 'vm_id' has no usable value",
                "vm_id=a%00b | Parameter 'vm_id' has no usable value",
                "with_count=yes | Parameter 'with_count' must be true or false",
                "created_after=yesterday | Parameter 'created_after' must be a time in ISO 8601 with its offset, such"
                        + " as 2026-11-22T08:30:00Z",
                "created_before=%2B999999-01-01T00:00:00Z | Parameter 'created_before' must be a time in ISO 8601 with"
                        + " its offset, such as 2026-11-22T08:30:00Z",
                "marker=forged | Parameter 'marker' is no marker of a page; take it from next_marker of the page"
                        + " before",
                "marker=__________________________________________ | Parameter 'marker' is no marker of a page; take it"
                        + " from next_marker of the page before",
                "marker=_________________________________w | Parameter 'marker' is no marker of a page; take it"
                        + " from next_marker of the page before"
            })
    void whatIsNotUnderstoodIsRefusedByName(String query, String detail) {
        HttpResponse<String> answer = http.get("/internal/jobs?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = HttpProbe.json(answer);
        assertThat(problem.get("type").asString()).isEqualTo("urn:vm-restore:problem:invalid-request");
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("detail").asString()).isEqualTo(detail);
        assertThat(problem.get("instance").asString()).isEqualTo("/internal/jobs");
    }

    private List<String> pages(String filter, int limit) {
        List<String> ids = new ArrayList<>();
        String marker = "";
        do {
            JsonNode page = http.json("/internal/jobs?requested_by=" + REQUESTER + filter + "&limit=" + limit
                    + (marker.isEmpty() ? "" : "&marker=" + marker));
            assertThat(page.get("jobs").size()).isLessThanOrEqualTo(limit);
            page.get("jobs").forEach(job -> ids.add(job.get("job_id").asString()));
            marker = page.get("next_marker").isNull()
                    ? ""
                    : page.get("next_marker").asString();
        } while (!marker.isEmpty());
        return ids;
    }

    private static List<String> ids(Predicate<JobState> filter) {
        return JOBS.stream().filter(filter).map(job -> job.jobId().toString()).toList();
    }

    private static JobState requested(JobState job, JobState beganWith, String requester) {
        JobState.Request request = job.request();
        return new JobState(
                job.jobId(),
                job.vmId(),
                job.version(),
                job.status(),
                new JobState.Request(
                        request.projectId(),
                        request.restorePointId(),
                        request.mode(),
                        request.newVmName(),
                        request.ipStrategy(),
                        requester),
                job.plan(),
                job.execution(),
                job.refusal(),
                job.cancellation(),
                job.interruption(),
                job.steps(),
                job.rollingBack(),
                job.failure(),
                job.result(),
                job.leftovers(),
                beganWith.createdAt(),
                job.startedAt(),
                job.completedAt(),
                job.lastHeartbeat());
    }
}
