package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreDryRun;
import io.vmrestore.common.contract.RestoreEvent.RestoreFailed;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.Transition.Applied;
import io.vmrestore.common.lifecycle.Transition.Ignored;
import io.vmrestore.common.lifecycle.Transition.Illegal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code evolve}: how the state of a restore follows from its events. Pure; time arrives inside the events. */
public final class Evolution {
    private Evolution() {}

    /**
     * Applies one event.
     *
     * @param state the state so far; null if the job is unknown
     */
    public static Transition evolve(@Nullable JobState state, RestoreEvent event) {
        if (state == null) {
            return event instanceof RestoreRequested requested
                    ? new Applied(planning(requested))
                    : new Illegal("the job is unknown");
        }
        if (state.status().terminal()) {
            return event instanceof StepEvent answer
                    ? LateNaming.ended(state, answer)
                    : new Ignored("the job has ended " + state.status());
        }
        return switch (event) {
            case RestoreRequested _ -> new Ignored("the job is known");
            case PlanCreated created -> planCreated(state, created);
            case PlanRejected rejected -> planRejected(state, rejected);
            case ExecutionRequested requested -> executionRequested(state, requested);
            case ExecutionRefused refused -> executionRefused(state, refused);
            case RestoreStarted started -> restoreStarted(state, started);
            case RestoreDryRun dryRun -> dryRun(state, dryRun);
            case CancellationRequested requested -> cancellationRequested(state, requested);
            // Dispatch answers it, as it does every event that changes nothing, with all that is outstanding.
            case RedriveRequested _ -> new Ignored("it asks for what is outstanding");
            case StepEvent answer -> StepEvolution.evolve(state, answer);
            case StepSkipped skipped -> stepSkipped(state, skipped);
            case RollbackStarted started -> rollbackStarted(state, started);
            case RestoreCompleted completed -> restoreCompleted(state, completed);
            case RestoreFailed failed -> restoreFailed(state, failed);
            case RestoreCancelled cancelled -> restoreCancelled(state, cancelled);
            case RestoreInterrupted interrupted ->
                new Applied(after(state, interrupted)
                        .interrupted(JobState.Interruption.of(interrupted))
                        .left(Leftovers.of(state))
                        .build());
        };
    }

    private static JobState planning(RestoreRequested event) {
        return new JobState(
                event.jobId(),
                event.vmId(),
                1,
                JobStatus.PLANNING,
                new JobState.Request(
                        event.projectId(),
                        event.restorePointId(),
                        event.mode(),
                        event.newVmName(),
                        event.ipStrategy(),
                        event.requestedBy()),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                false,
                null,
                null,
                List.of(),
                event.time(),
                null,
                null,
                event.time());
    }

    private static Transition planCreated(JobState state, PlanCreated event) {
        if (state.status() != JobStatus.PLANNING) {
            return new Ignored("the job has its plan");
        }
        return PlanCheck.problem(event.plan())
                .<Transition>map(Illegal::new)
                .orElseGet(
                        () -> new Applied(after(state, event).plan(event.plan()).build()));
    }

    private static Transition planRejected(JobState state, PlanRejected event) {
        if (state.status() != JobStatus.PLANNING) {
            return new Ignored("the job has its plan");
        }
        return new Applied(after(state, event)
                .failed(event.failure())
                .ended(JobStatus.FAILED)
                .build());
    }

    private static Transition executionRequested(JobState state, ExecutionRequested event) {
        if (state.status() != JobStatus.PLANNED) {
            return new Ignored("the job is " + state.status() + ", not PLANNED");
        }
        if (state.cancellation() != null) {
            return new Ignored("the job is being cancelled");
        }
        if (state.refusal() != null && state.refusal().executionId().equals(event.executionId())) {
            return new Ignored("this request was refused");
        }
        return new Applied(after(state, event)
                .pending(new JobState.Execution(event.executionId(), event.requestedBy(), event.time()))
                .build());
    }

    private static Transition executionRefused(JobState state, ExecutionRefused event) {
        if (!pending(state, event.executionId())) {
            return new Ignored("the request is not pending");
        }
        return new Applied(after(state, event)
                .refused(new JobState.Refusal(event.executionId(), event.reason()))
                .build());
    }

    private static Transition restoreStarted(JobState state, RestoreStarted event) {
        if (!pending(state, event.executionId())) {
            return new Ignored("the request is not pending");
        }
        return new Applied(after(state, event).running().build());
    }

    private static Transition dryRun(JobState state, RestoreDryRun event) {
        if (!pending(state, event.executionId())) {
            return new Ignored("the request is not pending");
        }
        return new Applied(after(state, event).ended(JobStatus.DRY_RUN).build());
    }

    private static boolean pending(JobState state, UUID executionId) {
        return state.status() == JobStatus.PENDING
                && state.execution() != null
                && state.execution().executionId().equals(executionId);
    }

    private static Transition cancellationRequested(JobState state, CancellationRequested event) {
        if (state.status() == JobStatus.PLANNING) {
            return new Ignored("the job has no plan yet");
        }
        if (state.stopping()) {
            return new Ignored("the job is being stopped already");
        }
        if (state.pastPointOfNoReturn()) {
            return new Ignored("the original VM is being deleted: there is no way back");
        }
        return new Applied(after(state, event)
                .cancelling(new JobState.Cancellation(event.requestedBy(), event.reason(), event.time()))
                .build());
    }

    private static Transition stepSkipped(JobState state, StepSkipped event) {
        if (state.status() != JobStatus.RUNNING) {
            return new Illegal("the job is " + state.status() + " and skips no step");
        }
        return state.step(event.stepOrder())
                .<Transition>map(step -> {
                    if (step.status() == StepStatus.SKIPPED) {
                        return new Ignored("the step is skipped");
                    }
                    if (step.attempt() > 0 || !state.stopping()) {
                        return new Illegal("step " + event.stepOrder() + " was commanded and cannot be skipped");
                    }
                    return new Applied(after(state, event).step(step.skipped()).build());
                })
                .orElseGet(() -> new Illegal("the job has no step " + event.stepOrder()));
    }

    private static Transition rollbackStarted(JobState state, RollbackStarted event) {
        if (state.rollingBack()) {
            return new Ignored("the rollback has begun");
        }
        if (state.status() != JobStatus.RUNNING || !state.stopping()) {
            return new Illegal("nothing has failed and nobody has cancelled");
        }
        if (state.forwardSteps().anyMatch(StepState::inFlight)) {
            return new Illegal("steps are still at work");
        }
        return new Applied(after(state, event).rollback(event.steps()).build());
    }

    private static Transition restoreCompleted(JobState state, RestoreCompleted event) {
        boolean allCompleted = state.steps().stream().allMatch(step -> step.status() == StepStatus.COMPLETED);
        if (state.status() != JobStatus.RUNNING || !allCompleted) {
            return new Illegal("not every step is completed");
        }
        return new Applied(after(state, event)
                .result(event.result())
                .left(Leftovers.ofOriginal(state))
                .ended(JobStatus.COMPLETED)
                .build());
    }

    private static Transition restoreFailed(JobState state, RestoreFailed event) {
        if (state.failure() == null || state.steps().stream().anyMatch(StepState::inFlight)) {
            return new Illegal("no step has failed, or steps are still at work");
        }
        return new Applied(after(state, event)
                .left(event.leftovers())
                .ended(JobStatus.FAILED)
                .build());
    }

    private static Transition restoreCancelled(JobState state, RestoreCancelled event) {
        if (state.cancellation() == null || state.steps().stream().anyMatch(StepState::inFlight)) {
            return new Illegal("nobody has cancelled, or steps are still at work");
        }
        return new Applied(after(state, event)
                .left(event.leftovers())
                .ended(JobStatus.CANCELLED)
                .build());
    }

    private static JobBuilder after(JobState state, RestoreEvent event) {
        return new JobBuilder(state, event.time());
    }
}
