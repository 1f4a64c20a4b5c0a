package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.Outcome.Case;
import java.util.UUID;

/** The conditions of {@link JobTable}, and the reasons of what does not hold. */
final class JobConditions {
    private JobConditions() {}

    static boolean followable(Case<? extends PlanCreated> it) {
        return PlanCheck.problem(it.event().plan()).isEmpty();
    }

    static String whyNotFollowable(Case<? extends PlanCreated> it) {
        return PlanCheck.problem(it.event().plan()).orElse("the plan can be followed");
    }

    /** Whether nobody has asked for this execution before, and nobody cancels. */
    static boolean newRequest(Case<? extends ExecutionRequested> it) {
        JobState.Refusal refusal = it.job().refusal();
        return !cancelled(it)
                && (refusal == null || !refusal.executionId().equals(it.event().executionId()));
    }

    /** Whether this is the execution that somebody asked for last. */
    static boolean asked(Case<?> it, UUID executionId) {
        JobState.Execution execution = it.job().execution();
        return execution != null && execution.executionId().equals(executionId);
    }

    static boolean cancelled(Case<?> it) {
        return it.job().cancellation() != null;
    }

    static boolean stopping(Case<?> it) {
        return it.job().stopping();
    }

    static boolean readyToRollBack(Case<?> it) {
        return !it.job().rollingBack()
                && it.job().stopping()
                && it.job().forwardSteps().noneMatch(StepState::inFlight);
    }

    static boolean allCompleted(Case<?> it) {
        return it.job().steps().stream().allMatch(step -> step.status() == StepStatus.COMPLETED);
    }

    static boolean nothingAtWork(Case<?> it) {
        return it.job().steps().stream().noneMatch(StepState::inFlight);
    }

    /** Why an event has no place in the status that the restore is in. */
    static String outOfPlace(Case<? extends RestoreEvent> it) {
        JobState job = it.job();
        if (job.status().terminal()) {
            return "the job has ended " + job.status();
        }
        return switch (it.event().type()) {
            case RESTORE_REQUESTED -> "the job is known";
            case PLAN_CREATED, PLAN_REJECTED -> "the job has its plan";
            case EXECUTION_REQUESTED -> "the job is " + job.status() + ", not PLANNED";
            case EXECUTION_REFUSED, RESTORE_STARTED, RESTORE_DRY_RUN -> "the request is not pending";
            case STEP_STARTED, STEP_PROGRESSED, STEP_COMPLETED, STEP_FAILED ->
                "the job is " + job.status() + " and has commanded no step";
            case STEP_SKIPPED -> "the job is " + job.status() + " and skips no step";
            case CANCELLATION_REQUESTED -> "the job has no plan yet";
            case REDRIVE_REQUESTED -> "it asks for what is outstanding";
            case ROLLBACK_STARTED -> "nothing has failed and nobody has cancelled";
            case RESTORE_COMPLETED -> "not every step is completed";
            case RESTORE_FAILED -> "no step has failed, or steps are still at work";
            case RESTORE_CANCELLED -> "nobody has cancelled, or steps are still at work";
            case RESTORE_INTERRUPTED -> "the job has ended";
        };
    }
}
