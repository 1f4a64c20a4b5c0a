package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
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
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every event that anybody could publish about a restore, whether it makes sense or not. */
final class AnyEvents {
    private static final Failure FAILURE = Failure.of(FailureKind.CLOUD_UNAVAILABLE, "no answer");
    private static final Resource NEWS = new Resource(ResourceType.VOLUME, "never-heard-of", "new");

    private AnyEvents() {}

    /** @param state the restore as it is; null if it is unknown */
    static List<RestoreEvent> about(@Nullable JobState state, UUID job) {
        List<RestoreEvent> events = new ArrayList<>();
        events.add(Events.requested(job, RestoreMode.NEW));
        events.add(new PlanCreated(job, Events.VM, Events.T0, Plans.ofNew(1)));
        events.add(new PlanCreated(job, Events.VM, Events.T0, Plans.withSteps(0, List.of())));
        events.add(new PlanRejected(job, Events.VM, Events.T0, FAILURE));
        for (UUID execution : executions(state)) {
            events.add(new ExecutionRequested(job, Events.VM, Events.T0, execution, "bob"));
            events.add(new ExecutionRefused(job, Events.VM, Events.T0, execution, "busy"));
            events.add(new RestoreStarted(job, Events.VM, Events.T0, execution));
            events.add(new RestoreDryRun(job, Events.VM, Events.T0, execution));
        }
        events.add(new CancellationRequested(job, Events.VM, Events.T0, "carol", null, null));
        events.add(new RollbackStarted(job, Events.VM, Events.T0, List.of()));
        events.add(new RestoreCompleted(job, Events.VM, Events.T0, Events.RESULT));
        events.add(new RestoreFailed(job, Events.VM, Events.T0, FAILURE, List.of()));
        events.add(new RestoreCancelled(job, Events.VM, Events.T0, List.of()));
        events.add(new RestoreInterrupted(job, Events.VM, Events.T0, "No sign of life", null));
        events.add(new RedriveRequested(job, Events.VM, Events.T0, new UUID(7, 7), "carol"));
        List<StepState> steps = state == null ? List.of() : state.steps();
        for (StepState step : steps) {
            PlanStep plan = step.plan();
            for (int attempt = 1; attempt <= step.attempt() + 1; attempt++) {
                answers(events, new StepAddress(job, Events.VM, "project-1", step.stepOrder(), plan.action(), attempt));
            }
            events.add(new StepSkipped(job, Events.VM, Events.T0, step.stepOrder()));
        }
        answers(events, new StepAddress(job, Events.VM, "project-1", 999, Action.CREATE_PORT, 1));
        events.add(new StepSkipped(job, Events.VM, Events.T0, 999));
        return events;
    }

    private static List<UUID> executions(@Nullable JobState state) {
        List<UUID> executions = new ArrayList<>(List.of(new UUID(7, 7)));
        if (state != null && state.execution() != null) {
            executions.add(state.execution().executionId());
        }
        if (state != null && state.refusal() != null) {
            executions.add(state.refusal().executionId());
        }
        return executions;
    }

    private static void answers(List<RestoreEvent> events, StepAddress step) {
        events.add(new StepStarted(step, Events.T0, "executor"));
        events.add(new StepProgressed(step, Events.T0, List.of(), Map.of()));
        events.add(new StepProgressed(step, Events.T0, List.of(NEWS), Map.of()));
        events.add(Events.done(step));
        events.add(new StepCompleted(step, Events.T0, List.of(), Map.of(), null));
        events.add(new StepCompleted(step, Events.T0, List.of(NEWS), Map.of(), null));
        events.add(new StepFailed(step, Events.T0, FAILURE, true, List.of(), Map.of()));
        events.add(new StepFailed(step, Events.T0, FAILURE, false, List.of(), Map.of()));
        events.add(new StepFailed(step, Events.T0, FAILURE, false, List.of(NEWS), Map.of()));
    }
}
