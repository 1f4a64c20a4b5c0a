package io.vmrestore.gateway.web;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.gateway.problem.FieldError;
import io.vmrestore.gateway.problem.Problem;
import io.vmrestore.gateway.problem.ProblemException;
import io.vmrestore.gateway.problem.ProblemKind;
import io.vmrestore.support.access.Permission;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Which requests to execute are refused. Before publishing these are courtesy, since the plan may change in between;
 * dispatch decides.
 */
final class ExecutionRules {
    private ExecutionRules() {}

    /** @throws ProblemException 403, 400 or 409 if the plan may not be executed by this caller, in this way, now */
    static void requireExecutable(Job job, ExecuteRequest request, Caller caller) {
        if (job.mode() == RestoreMode.REPLACE) {
            requireDestructive(job, request, caller);
        }
        if (job.status() == JobStatus.PLANNING) {
            throw wrongState(job, "The plan is not ready yet; try again in a moment.")
                    .retryAfter(Duration.ofSeconds(1))
                    .asException();
        }
        if (job.status() != JobStatus.PLANNED) {
            throw wrongState(
                            job,
                            "A plan is executed once, in status PLANNED; this one is " + job.status()
                                    + ". Ask for a new plan.")
                    .asException();
        }
        if (!job.eligible()) {
            throw Problem.of(
                            ProblemKind.PLAN_NOT_ELIGIBLE,
                            "The plan is not eligible: " + String.join("; ", job.reasons())
                                    + ". Remedy this and ask for a new plan.")
                    .with("job_id", job.id())
                    .with("reasons", job.reasons())
                    .asException();
        }
    }

    /** Whether dispatch has decided about this request, in a way that the job still shows. */
    static boolean decided(Job job, UUID executionId) {
        return job.executionId().filter(executionId::equals).isPresent()
                || job.refusedExecutionId().filter(executionId::equals).isPresent();
    }

    /** @throws ProblemException 409 if dispatch refused this request, or followed another one */
    static void requireAdmitted(Job job, UUID executionId) {
        if (job.refusedExecutionId().filter(executionId::equals).isPresent()) {
            throw Problem.of(ProblemKind.EXECUTION_REFUSED, job.refusalReason())
                    .with("job_id", job.id())
                    .asException();
        }
        boolean ours = job.executionId().filter(executionId::equals).isPresent();
        if (!ours && job.executionId().isPresent()) {
            throw wrongState(job, "Another request is executing this plan, and it is " + job.status() + ".")
                    .asException();
        }
        if (!ours && job.status().terminal()) {
            throw wrongState(job, "The job ended " + job.status() + " before it was executed; ask for a new plan.")
                    .asException();
        }
    }

    private static void requireDestructive(Job job, ExecuteRequest request, Caller caller) {
        if (!caller.may(Permission.ADMIN)) {
            throw caller.lacks(Permission.ADMIN).asException();
        }
        String text = "DELETE AND RESTORE " + job.serverName();
        if (job.hasPlan() && !text.equals(request.confirmDestructive())) {
            throw Problem.of(
                            ProblemKind.CONFIRMATION_REQUIRED,
                            List.of(FieldError.ofField("confirm_destructive", "must be exactly: " + text)))
                    .withDetail("Destructive confirmation required: this plan deletes VM " + job.serverName()
                            + ". Send confirm_destructive with exactly this text: " + text)
                    .with("job_id", job.id())
                    .asException();
        }
    }

    /** The job is in a state in which the request makes no sense. */
    static Problem wrongState(Job job, String detail) {
        return Problem.of(ProblemKind.WRONG_STATE, detail)
                .with("job_id", job.id())
                .with("job_status", job.status());
    }
}
