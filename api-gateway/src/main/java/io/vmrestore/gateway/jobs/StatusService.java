package io.vmrestore.gateway.jobs;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.upstream.StatusUpstream;
import io.vmrestore.support.api.JobPage;
import io.vmrestore.support.api.JobsApi;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Asks the status service about restores, and shows each caller those that they see, whatever it answers. Each method
 * fails with a {@link ProblemException}.
 */
@Component
public final class StatusService {
    private final StatusUpstream service;
    private final JobsApi questions;
    private final JobsApi waits;

    StatusService(StatusUpstream service) {
        this.service = service;
        this.questions = service.questions(JobsApi.class);
        this.waits = service.waits(JobsApi.class);
    }

    /** Reads one job; empty if the caller sees none with this id, also after the wait. */
    public Mono<Job> job(UUID id, JobWait wait) {
        return service.told(
                        wait.ask(wait.longest().isPositive() ? waits : questions, id),
                        wait.longest(),
                        ProblemKind.JOB_NOT_FOUND)
                .map(Job::new)
                .filterWhen(job -> Caller.current().map(caller -> caller.sees(job.projectId())));
    }

    /**
     * Reads one page of the list of jobs.
     *
     * @param filters by {@link io.vmrestore.support.api.JobListParameter}
     */
    public Mono<JobPage<JsonNode>> jobs(MultiValueMap<String, String> filters) {
        return Caller.current()
                .flatMap(caller -> service.told(questions.list(filters)).map(page -> seen(page, caller)));
    }

    private static JobPage<JsonNode> seen(JobPage<JsonNode> page, Caller caller) {
        if (caller.reach().seesAll()) {
            return page;
        }
        ArrayNode seen = Json.MAPPER.createArrayNode();
        page.jobs().forEach(job -> {
            if (caller.sees(job.path("project_id").asString(""))) {
                seen.add(job);
            }
        });
        int hidden = page.jobs().size() - seen.size();
        return new JobPage<>(
                seen, page.nextMarker(), page.count() == null ? null : Math.max(seen.size(), page.count() - hidden));
    }
}
