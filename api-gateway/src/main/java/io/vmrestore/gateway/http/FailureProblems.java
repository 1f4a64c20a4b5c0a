package io.vmrestore.gateway.http;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;

/** Failures of the contract as problems that name, where the cloud is to blame, its service. */
public final class FailureProblems {
    private FailureProblems() {}

    /**
     * @param otherwise what a failure is that is neither the client's doing nor ours, and tells of no cloud that is
     *     away
     */
    public static Problem of(Failure failure, ProblemKind otherwise) {
        Problem problem = Problem.of(kind(failure.kind(), otherwise), failure.message());
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

    private static ProblemKind kind(FailureKind failure, ProblemKind otherwise) {
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
            case CLOUD_REFUSED, RESOURCE_FAILED, STOPPED -> otherwise;
            // Not the cloud's, so it is not called the cloud's.
            case INTERNAL -> ProblemKind.INTERNAL_ERROR;
        };
    }
}
