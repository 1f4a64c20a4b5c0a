package io.vmrestore.gateway.web;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.gateway.problem.FailureProblems;
import io.vmrestore.gateway.problem.Problem;
import io.vmrestore.gateway.problem.ProblemKind;
import java.util.Optional;

/** Why there is no plan, as a problem with the job's id. */
final class PlanningProblems {
    private PlanningProblems() {}

    static Problem of(Job job) {
        Optional<Failure> failure = job.failure();
        if (failure.isEmpty()) {
            return Problem.of(
                            ProblemKind.PLANNING_FAILED,
                            "The job ended " + job.status() + " before its plan was ready; ask for a new plan.")
                    .with("job_id", job.id());
        }
        return FailureProblems.of(failure.get(), ProblemKind.PLANNING_FAILED).with("job_id", job.id());
    }
}
