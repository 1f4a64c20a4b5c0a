package io.vmrestore.status.query;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.status.problem.Refusals;
import io.vmrestore.status.store.JobFilter;
import io.vmrestore.status.store.JobReader;
import io.vmrestore.status.store.JobRecord;
import io.vmrestore.status.store.PagePosition;
import io.vmrestore.support.access.CurrentReach;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.api.JobListParameter;
import io.vmrestore.support.api.JobPage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The internal HTTP interface that the gateway reads restores from. */
@RestController
class JobsController {
    private static final int DEFAULT_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 200;

    private final JobReader reader;
    private final JobChanges changes;
    private final PageMarkers markers;

    JobsController(JobReader reader, JobChanges changes, PageMarkers markers) {
        this.reader = reader;
        this.changes = changes;
        this.markers = markers;
    }

    @GetMapping("/internal/jobs")
    Mono<JobPage<List<JobSummary>>> list(ServerHttpRequest request) {
        QueryParameters parameters = QueryParameters.of(
                request.getQueryParams(), JobListParameter.wireNames(), Set.of(JobListParameter.STATUS.wireName()));
        JobFilter filter = new JobFilter(
                parameters.constants(JobListParameter.STATUS.wireName(), JobStatus.class),
                parameters.text(JobListParameter.VM_ID.wireName()),
                parameters.text(JobListParameter.PROJECT_ID.wireName()),
                parameters.constant(JobListParameter.MODE.wireName(), RestoreMode.class),
                parameters.text(JobListParameter.REQUESTED_BY.wireName()),
                parameters.instant(JobListParameter.CREATED_AFTER.wireName()),
                parameters.instant(JobListParameter.CREATED_BEFORE.wireName()));
        Long asked = parameters.number(JobListParameter.LIMIT.wireName(), 1, HIGHEST_LIMIT);
        int limit = asked == null ? DEFAULT_LIMIT : asked.intValue();
        String marker = parameters.text(JobListParameter.MARKER.wireName());
        PagePosition after = marker == null ? null : markers.read(JobListParameter.MARKER.wireName(), marker);
        boolean counted = parameters.flag(JobListParameter.WITH_COUNT.wireName());
        return CurrentReach.get().flatMap(reach -> {
            Mono<Optional<Long>> count =
                    counted ? reader.count(filter, reach).map(Optional::of) : Mono.just(Optional.empty());
            // One more than asked for tells whether there is a next page.
            return reader.list(filter, reach, after, limit + 1)
                    .zipWith(count, (jobs, total) -> page(jobs, limit, total.orElse(null)));
        });
    }

    /** One restore; with {@code wait_millis} as soon as it has come as far as asked for, or the time is over. */
    @GetMapping("/internal/jobs/{jobId}")
    Mono<JobDetail> job(@PathVariable String jobId, ServerHttpRequest request) {
        UUID id = QueryParameters.uuid("job_id", jobId);
        JobWait wait = JobWait.read(QueryParameters.of(request.getQueryParams(), JobWait.PARAMETERS));
        return CurrentReach.get().flatMap(reach -> {
            Mono<JobDetail> answer =
                    reader.find(id, reach).map(JobDetail::of).switchIfEmpty(Mono.error(() -> Refusals.unknownJob(id)));
            return wait.atMost().isZero() ? answer : until(id, wait, reach).then(answer);
        });
    }

    /** A restore that the caller does not see is waited for like one that there is not yet. */
    private Mono<Boolean> until(UUID id, JobWait wait, Reach reach) {
        return changes.of(id)
                .concatMap(_ -> reader.standing(id, reach).map(wait::over).defaultIfEmpty(false), 1)
                .filter(Boolean::booleanValue)
                .next()
                .timeout(wait.atMost(), Mono.empty());
    }

    private JobPage<List<JobSummary>> page(List<JobRecord> jobs, int limit, @Nullable Long count) {
        List<JobRecord> shown = jobs.subList(0, Math.min(limit, jobs.size()));
        String next = jobs.size() <= limit
                ? null
                : markers.write(new PagePosition(
                        shown.getLast().state().createdAt(),
                        shown.getLast().state().jobId()));
        return new JobPage<>(shown.stream().map(JobSummary::of).toList(), next, count);
    }
}
