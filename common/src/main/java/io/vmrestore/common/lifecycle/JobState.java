package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything known of one restore, computed from its events alone. Dispatch and the status tables hold the same state.
 *
 * @param version number of events applied so far
 * @param leftovers what is left of an ended restore; of one at work, what was named late and nobody has taken up yet
 * @param lastHeartbeat time of the last event applied
 */
public record JobState(
        UUID jobId,
        String vmId,
        long version,
        JobStatus status,
        Request request,
        @Nullable Plan plan,
        @Nullable Execution execution,
        @Nullable Refusal refusal,
        @Nullable Cancellation cancellation,
        @Nullable Interruption interruption,
        List<StepState> steps,
        boolean rollingBack,
        @Nullable Failure failure,
        @Nullable RestoreResult result,
        List<Resource> leftovers,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Instant lastHeartbeat) {

    /** What the client asked for. */
    public record Request(
            String projectId,
            String restorePointId,
            RestoreMode mode,
            @Nullable String newVmName,
            IpStrategy ipStrategy,
            String requestedBy) {

        static Request of(RestoreRequested event) {
            return new Request(
                    event.projectId(),
                    event.restorePointId(),
                    event.mode(),
                    event.newVmName(),
                    event.ipStrategy(),
                    event.requestedBy());
        }
    }

    /** Who asked to execute the plan; the last request that was neither refused nor ignored. */
    public record Execution(UUID executionId, String requestedBy, Instant requestedAt) {

        static Execution of(ExecutionRequested event) {
            return new Execution(event.executionId(), event.requestedBy(), event.time());
        }
    }

    /** The last request to execute that was not admitted. */
    public record Refusal(UUID executionId, String reason) {

        static Refusal of(ExecutionRefused event) {
            return new Refusal(event.executionId(), event.reason());
        }
    }

    /** Who asked to cancel, and why. */
    public record Cancellation(String requestedBy, @Nullable String reason, Instant requestedAt) {

        static Cancellation of(CancellationRequested event) {
            return new Cancellation(event.requestedBy(), event.reason(), event.time());
        }
    }

    /** Who gave the restore up, and why; {@link Overdue#SYSTEM} where no person did. */
    public record Interruption(String requestedBy, String reason, Instant at) {

        static Interruption of(RestoreInterrupted event) {
            return new Interruption(
                    event.requestedBy() == null ? Overdue.SYSTEM : event.requestedBy(), event.reason(), event.time());
        }
    }

    /** A restore that somebody has just asked for. */
    static JobState planning(RestoreRequested event) {
        return new JobState(
                event.jobId(),
                event.vmId(),
                1,
                JobStatus.PLANNING,
                Request.of(event),
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

    /** Whether no further forward step is commanded because one failed or someone cancelled. */
    public boolean stopping() {
        return failure != null || cancellation != null;
    }

    /** Whether the original was asked to be deleted: from then on nobody can cancel. */
    public boolean pastPointOfNoReturn() {
        return forwardSteps().anyMatch(step -> step.plan().action().pointOfNoReturn() && step.attempt() > 0);
    }

    /** Whether the original is certainly gone. */
    public boolean originalDeleted() {
        return forwardSteps()
                .anyMatch(step -> step.plan().action().pointOfNoReturn() && step.status() == StepStatus.COMPLETED);
    }

    /** Whether an event of this restore has named the resource, whatever became of it since. */
    public boolean names(Resource resource) {
        return Stream.concat(steps.stream().flatMap(step -> step.resources().stream()), leftovers.stream())
                .anyMatch(resource::same);
    }

    public Optional<StepState> step(int stepOrder) {
        return steps.stream().filter(step -> step.stepOrder() == stepOrder).findFirst();
    }

    public Stream<StepState> forwardSteps() {
        return steps.stream().filter(step -> !step.plan().action().rollback());
    }

    public Stream<StepState> rollbackSteps() {
        return steps.stream().filter(step -> step.plan().action().rollback());
    }

    /** Whether every step that {@code step} depends on allows it to begin. */
    boolean dependenciesMet(StepState step) {
        boolean rollback = step.plan().action().rollback();
        return step.plan().dependsOn().stream()
                .allMatch(order -> step(order)
                        .map(StepState::status)
                        // A rollback step that failed leaves something behind, but must not keep the others from
                        // tidying up.
                        .filter(status -> rollback ? status.terminal() : status == StepStatus.COMPLETED)
                        .isPresent());
    }
}
