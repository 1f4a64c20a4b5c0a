package io.vmrestore.gateway.web;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.gateway.problem.Problem;
import io.vmrestore.gateway.problem.ProblemKind;
import java.util.Optional;

/** Why there is no plan, as a problem with the job's id and, where the cloud is to blame, the name of its service. */
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
        return of(failure.get()).with("job_id", job.id());
    }

    private static Problem of(Failure failure) {
        Problem problem = Problem.of(kind(failure.kind()), failure.message());
        if (failure.service() != null) {
            problem = problem.with("service", failure.service());
        }
        if (failure.httpStatus() != null) {
            problem = problem.with("service_status", failure.httpStatus());
        }
        if (failure.requestId() != null) {
            problem = problem.with("service_request_id", failure.requestId());
        }
        return problem;
    }

    private static ProblemKind kind(FailureKind failure) {
        return switch (failure) {
            case PROJECT_NOT_FOUND -> ProblemKind.PROJECT_NOT_FOUND;
            case VM_NOT_FOUND -> ProblemKind.VM_NOT_FOUND;
            case RESTORE_POINT_NOT_FOUND -> ProblemKind.RESTORE_POINT_NOT_FOUND;
            case BOOT_FROM_IMAGE -> ProblemKind.BOOT_FROM_IMAGE;
            case RESTORE_POINT_MISMATCH -> ProblemKind.RESTORE_POINT_MISMATCH;
            case RESTORE_POINT_NOT_AVAILABLE -> ProblemKind.RESTORE_POINT_NOT_AVAILABLE;
            // Not 403: it is this system's identity that may not work there, whatever the caller's permissions.
            case PROJECT_NOT_ACCESSIBLE -> ProblemKind.PROJECT_NOT_ACCESSIBLE;
            case UNPROCESSABLE, QUOTA_EXCEEDED, ADDRESS_NOT_AVAILABLE, PLAN_OUTDATED -> ProblemKind.IMPOSSIBLE_REQUEST;
            case CLOUD_UNAVAILABLE -> ProblemKind.CLOUD_UNAVAILABLE;
            case CLOUD_TIMEOUT, DEADLINE_EXCEEDED -> ProblemKind.CLOUD_TIMEOUT;
            case CLOUD_REFUSED, RESOURCE_FAILED, STOPPED, INTERNAL -> ProblemKind.PLANNING_FAILED;
        };
    }
}
