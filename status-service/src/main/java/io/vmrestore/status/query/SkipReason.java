package io.vmrestore.status.query;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import io.vmrestore.common.text.ForeignText;
import org.jspecify.annotations.Nullable;

/** Why a step was skipped: whether it was begun, and what became of its restore. */
final class SkipReason {
    private SkipReason() {}

    static @Nullable String of(JobState job, StepState step) {
        if (step.status() != StepStatus.SKIPPED) {
            return null;
        }
        return (step.attempt() > 0 ? "Stopped: " : "Not begun: ") + cause(job);
    }

    private static String cause(JobState job) {
        JobState.Cancellation cancellation = job.cancellation();
        if (cancellation != null) {
            String reason = cancellation.reason();
            return "the restore was cancelled by " + ForeignText.quoted(cancellation.requestedBy())
                    + (reason == null || reason.isBlank() ? "" : ", who gave as reason " + ForeignText.quoted(reason));
        }
        Failure failure = job.failure();
        return failure == null
                ? "the restore ended before"
                : "the restore had failed with " + failure.kind().wireName();
    }
}
