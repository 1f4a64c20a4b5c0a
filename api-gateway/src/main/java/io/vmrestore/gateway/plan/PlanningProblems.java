package io.vmrestore.gateway.plan;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.gateway.http.FailureProblems;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
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
