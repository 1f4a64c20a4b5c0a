package io.vmrestore.gateway.jobs;

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

/** Asks the status service about restores. Each method fails with a {@link ProblemException}. */
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

    /** Reads one job; empty if it is not known, also after the wait. */
    public Mono<Job> job(UUID id, JobWait wait) {
        return service.told(
                        wait.ask(wait.longest().isPositive() ? waits : questions, id),
                        wait.longest(),
                        ProblemKind.JOB_NOT_FOUND)
                .map(Job::new);
    }

    /**
     * Reads one page of the list of jobs.
     *
     * @param filters by {@link io.vmrestore.support.api.JobListParameter}
     */
    public Mono<JobPage<JsonNode>> jobs(MultiValueMap<String, String> filters) {
        return service.told(questions.list(filters));
    }
}
