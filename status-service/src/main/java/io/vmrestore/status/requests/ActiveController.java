package io.vmrestore.status.requests;

import io.vmrestore.status.problem.Refusals;
import io.vmrestore.support.access.CurrentReach;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * By which gateways of the release before find out whether there is room for another restore; those of this release ask
 * {@link RequestsController}.
 */
@RestController
class ActiveController {
    /** As many as fit into the body that is read at most. */
    private static final int MOST_ACCEPTED = 2000;

    private final ActiveJobs jobs;

    ActiveController(ActiveJobs jobs) {
        this.jobs = jobs;
    }

    /** A question as it is sent; whatever is missing is null. */
    record Question(@Nullable String projectId, @Nullable List<@Nullable Accepted> accepted) {

        String project() {
            if (projectId == null || projectId.isEmpty() || projectId.indexOf('\0') >= 0) {
                throw incomplete();
            }
            return projectId;
        }

        List<ActiveJobs.Accepted> requests() {
            if (accepted == null || accepted.size() > MOST_ACCEPTED) {
                throw incomplete();
            }
            return accepted.stream().map(Question::complete).toList();
        }

        private static ActiveJobs.Accepted complete(@Nullable Accepted request) {
            if (request == null || request.jobId() == null) {
                throw incomplete();
            }
            return new ActiveJobs.Accepted(request.jobId(), request.executionId());
        }

        private static ProblemException incomplete() {
            return Refusals.invalid("The question has a project_id and in accepted up to " + MOST_ACCEPTED
                    + " requests, each with its job_id");
        }
    }

    record Accepted(@Nullable UUID jobId, @Nullable UUID executionId) {}

    /** How many restores are at work, in all and in the project, and which accepted requests that contains. */
    @PostMapping("/internal/active")
    Mono<ActiveJobs.Counts> active(@RequestBody Question question) {
        String project = question.project();
        List<ActiveJobs.Accepted> requests = question.requests();
        return CurrentReach.get()
                .flatMap(reach -> reach.may(Permission.WRITE, project)
                        ? jobs.count(project, requests)
                        : Mono.error(Refusals.notThere(project)));
    }
}
