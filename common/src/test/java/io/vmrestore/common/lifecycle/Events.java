package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreDryRun;
import io.vmrestore.common.contract.RestoreEvent.RestoreFailed;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The events of one restore with the plan {@code Plans.ofNew(2)}; all at one time unless a test says otherwise. */
final class Events {
    static final String VM = "vm-1";
    static final UUID JOB = UUID.fromString("00000000-0000-0000-0000-000000000001");
    static final UUID EXECUTION = UUID.fromString("00000000-0000-0000-0000-0000000000e1");
    static final Instant T0 = Instant.parse("2026-11-22T12:00:00Z");
    static final Failure REFUSED = Failure.of(FailureKind.CLOUD_REFUSED, "the cloud said no");
    static final RestoreResult RESULT =
            new RestoreResult("server-6", "volume-3", List.of("port-4", "port-5"), List.of("10.0.0.9"), List.of());

    private static final List<Action> ACTIONS = List.of(
            Action.VALIDATE,
            Action.CHECK_QUOTA,
            Action.CREATE_VOLUME,
            Action.CREATE_PORT,
            Action.CREATE_PORT,
            Action.CREATE_SERVER,
            Action.WAIT_ACTIVE,
            Action.FINALIZE);

    private Events() {}

    static RestoreRequested requested() {
        return requested(JOB, RestoreMode.NEW);
    }

    static RestoreRequested requested(UUID job, RestoreMode mode) {
        return new RestoreRequested(
                job, VM, T0, "project-1", "snapshot-1", mode, "web-restored", IpStrategy.NEW_IPS, "alice");
    }

    static PlanCreated planned() {
        return planned(Plans.ofNew(2));
    }

    static PlanCreated planned(Plan plan) {
        return new PlanCreated(JOB, VM, T0, plan);
    }

    static PlanRejected planRejected() {
        return new PlanRejected(JOB, VM, T0, Failure.of(FailureKind.VM_NOT_FOUND, "there is no such VM"));
    }

    static ExecutionRequested execute() {
        return execute(EXECUTION);
    }

    static ExecutionRequested execute(UUID execution) {
        return new ExecutionRequested(JOB, VM, T0, execution, "bob");
    }

    static ExecutionRefused executionRefused(String reason) {
        return new ExecutionRefused(JOB, VM, T0, EXECUTION, reason);
    }

    static RestoreStarted running() {
        return new RestoreStarted(JOB, VM, T0, EXECUTION);
    }

    static RestoreDryRun dryRun() {
        return new RestoreDryRun(JOB, VM, T0, EXECUTION);
    }

    static CancellationRequested cancel() {
        return new CancellationRequested(JOB, VM, T0, "carol", "wrong snapshot", null);
    }

    static StepAddress step(int order, int attempt) {
        return step(order, ACTIONS.get(order - 1), attempt);
    }

    static StepAddress step(int order, Action action, int attempt) {
        return new StepAddress(JOB, VM, "project-1", order, action, attempt);
    }

    static StepStarted begun(int order) {
        return new StepStarted(step(order, 1), T0, "executor-1");
    }

    static StepProgressed progressed(int order) {
        return new StepProgressed(step(order, 1), T0, made(step(order, 1)), Map.of("status", "creating"));
    }

    static StepCompleted done(int order) {
        return done(step(order, 1));
    }

    static StepCompleted done(StepAddress step) {
        RestoreResult result = step.action().tellsTheResult() ? RESULT : null;
        return new StepCompleted(step, T0, made(step), Map.of(), result);
    }

    /** A failure that another attempt may mend. */
    static StepFailed failed(int order, int attempt) {
        return failed(step(order, attempt), true);
    }

    /** A failure that no attempt mends. */
    static StepFailed broken(int order) {
        return failed(step(order, 1), false);
    }

    static StepFailed failed(StepAddress step, boolean retryable) {
        return new StepFailed(step, T0, REFUSED, retryable, List.of(), Map.of());
    }

    static StepSkipped skipped(int order) {
        return new StepSkipped(JOB, VM, T0, order);
    }

    static RollbackStarted rollback(PlanStep... steps) {
        return new RollbackStarted(JOB, VM, T0, List.of(steps));
    }

    static RestoreCompleted completed() {
        return new RestoreCompleted(JOB, VM, T0, RESULT);
    }

    static RestoreFailed ended(Resource... leftovers) {
        return new RestoreFailed(JOB, VM, T0, REFUSED, List.of(leftovers));
    }

    static RestoreCancelled cancelled(Resource... leftovers) {
        return new RestoreCancelled(JOB, VM, T0, List.of(leftovers));
    }

    static RestoreInterrupted interrupted() {
        return new RestoreInterrupted(JOB, VM, T0, "No sign of life", null);
    }

    static Resource volume() {
        return new Resource(ResourceType.VOLUME, "volume-3", "new");
    }

    static List<Resource> made(StepAddress step) {
        ResourceType type = step.action().makes();
        return type == null
                ? List.of()
                : List.of(new Resource(type, type.name().toLowerCase(Locale.ROOT) + "-" + step.stepOrder(), "new"));
    }
}
