package io.vmrestore.gateway.execute;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
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
            throw job.wrongState("The plan is not ready yet; try again in a moment.")
                    .retryAfter(Duration.ofSeconds(1))
                    .asException();
        }
        if (job.status() != JobStatus.PLANNED) {
            throw job.wrongState("A plan is executed once, in status PLANNED; this one is " + job.status()
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
            throw job.wrongState("Another request is executing this plan, and it is " + job.status() + ".")
                    .asException();
        }
        if (!ours && job.status().terminal()) {
            throw job.wrongState("The job ended " + job.status() + " before it was executed; ask for a new plan.")
                    .asException();
        }
    }

    private static void requireDestructive(Job job, ExecuteRequest request, Caller caller) {
        caller.require(Permission.ADMIN, job.projectId());
        String text = "DELETE AND RESTORE " + job.serverName();
        if (job.hasPlan() && !text.equals(request.confirmDestructive())) {
            throw Problem.of(
                            ProblemKind.CONFIRMATION_REQUIRED,
                            List.of(FieldError.ofField("confirm_destructive", "must be exactly: " + text)))
                    .withDetail("Destructive confirmation required: this plan deletes VM "
                            + ForeignText.quoted(job.serverName())
                            + ". Send confirm_destructive with exactly this text: " + text + misleading(text))
                    .with("job_id", job.id())
                    .asException();
        }
    }

    /** A name may hold what nobody sees, and the text must match exactly. */
    private static String misleading(String text) {
        boolean plain = text.codePoints().noneMatch(ForeignText::misleading)
                && !text.contains("  ")
                && text.equals(text.strip());
        return plain
                ? ""
                : ", in which every blank counts; with what cannot be seen as escapes it is "
                        + ForeignText.quoted(text);
    }
}
