package io.vmrestore.common.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a restore, in the past tense. The events of one VM are totally ordered; they are the truth from
 * which every state is computed. Ids are deterministic, so a repeat is recognisable anywhere.
 */
public sealed interface RestoreEvent {

    UUID jobId();

    /** The Kafka key, so that everything about one VM is in order. */
    String vmId();

    /** When it happened, by the clock of whoever reports it. */
    Instant time();

    /** Its entry in the catalog of events. */
    default EventType type() {
        return EventType.of(this);
    }

    /** Unique within the topic apart from repeats of the same fact. */
    default String id() {
        return type().idOf(jobId().toString());
    }

    /** An event about one attempt of one step. */
    sealed interface StepEvent extends RestoreEvent {

        StepAddress step();

        @Override
        default UUID jobId() {
            return step().jobId();
        }

        @Override
        default String vmId() {
            return step().vmId();
        }

        @Override
        default String id() {
            return type().idOf(step().id());
        }
    }

    /** A client asked for a plan. */
    record RestoreRequested(
            UUID jobId,
            String vmId,
            Instant time,
            String projectId,
            String restorePointId,
            RestoreMode mode,
            @Nullable String newVmName,
            IpStrategy ipStrategy,
            String requestedBy)
            implements RestoreEvent {}

    /** Planning succeeded; the plan may still be not eligible. */
    record PlanCreated(UUID jobId, String vmId, Instant time, Plan plan) implements RestoreEvent {}

    /** Planning was not possible. */
    record PlanRejected(UUID jobId, String vmId, Instant time, Failure failure) implements RestoreEvent {}

    /**
     * A client asked to execute the plan.
     *
     * @param executionId names this request among several for one plan
     */
    record ExecutionRequested(UUID jobId, String vmId, Instant time, UUID executionId, String requestedBy)
            implements RestoreEvent {

        @Override
        public String id() {
            return RestoreEvent.super.id() + "/" + executionId;
        }
    }

    /** Dispatch did not admit the execution; the plan stays as it was. */
    record ExecutionRefused(UUID jobId, String vmId, Instant time, UUID executionId, String reason)
            implements RestoreEvent {

        @Override
        public String id() {
            return RestoreEvent.super.id() + "/" + executionId;
        }
    }

    /** Dispatch admitted the execution; from here on steps are commanded. */
    record RestoreStarted(UUID jobId, String vmId, Instant time, UUID executionId) implements RestoreEvent {}

    /** An executor began an attempt. */
    record StepStarted(StepAddress step, Instant time, String executor) implements StepEvent {}

    /**
     * An attempt is alive; reported at least every 10 s while a step waits.
     *
     * @param resources what the attempt has made so far
     * @param detail what a person may want to know, such as the volume's present status
     * @param waitingFor the service that gives no answer, while the attempt waits for it; null otherwise, and in events
     *     of older builds
     */
    record StepProgressed(
            StepAddress step,
            Instant time,
            List<Resource> resources,
            Map<String, Object> detail,
            @Nullable WaitingFor waitingFor)
            implements StepEvent {
        /** Detail with a text for each thing that looks like the step's work and is not proven to be: no leftover. */
        public static final String NOT_PROVEN = "not_proven";

        /** Detail with the id of the user to whom the imported key pair belongs. */
        public static final String KEY_PAIR_OWNER = "key_pair_owner";

        /** Of an attempt that waits for no service. */
        public StepProgressed(StepAddress step, Instant time, List<Resource> resources, Map<String, Object> detail) {
            this(step, time, resources, detail, null);
        }

        @Override
        public String id() {
            return StepEvent.super.id() + "/" + milliseconds(time);
        }

        /** A clock that is off by more than a long holds must not cost the event. */
        private static long milliseconds(Instant time) {
            try {
                return time.toEpochMilli();
            } catch (ArithmeticException beyond) {
                return time.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
            }
        }
    }

    /**
     * An attempt succeeded.
     *
     * @param result set by finalize only
     */
    record StepCompleted(
            StepAddress step,
            Instant time,
            List<Resource> resources,
            Map<String, Object> detail,
            @Nullable RestoreResult result)
            implements StepEvent {}

    /**
     * An attempt failed.
     *
     * @param retryable whether another attempt may succeed
     * @param resources what the attempt made all the same
     */
    record StepFailed(
            StepAddress step,
            Instant time,
            Failure failure,
            boolean retryable,
            List<Resource> resources,
            Map<String, Object> detail)
            implements StepEvent {}

    /**
     * A step will not be carried out because its restore failed or was cancelled: it was never commanded, or its
     * attempt was stopped, which its StepFailed of kind {@code stopped} told before.
     */
    record StepSkipped(UUID jobId, String vmId, Instant time, int stepOrder) implements RestoreEvent {

        @Override
        public String id() {
            return type().idOf(jobId + "/" + stepOrder);
        }
    }

    /**
     * A client asked to cancel, or nobody has executed the plan in time.
     *
     * @param cancellationId names this request among several for one restore, of which each has its own actor and
     *     reason; null of an expired plan, and in events of older builds
     */
    record CancellationRequested(
            UUID jobId,
            String vmId,
            Instant time,
            String requestedBy,
            @Nullable String reason,
            @Nullable UUID cancellationId)
            implements RestoreEvent {

        @Override
        public String id() {
            return cancellationId == null ? RestoreEvent.super.id() : RestoreEvent.super.id() + "/" + cancellationId;
        }
    }

    /**
     * An operator asked that what the restore waits for is asked for again. It changes nothing by itself.
     *
     * @param redriveId names this request among several for one restore
     */
    record RedriveRequested(UUID jobId, String vmId, Instant time, UUID redriveId, String requestedBy)
            implements RestoreEvent {

        @Override
        public String id() {
            return RestoreEvent.super.id() + "/" + redriveId;
        }
    }

    /**
     * What was made is being removed.
     *
     * @param steps the rollback steps, appended to the job's steps
     */
    record RollbackStarted(UUID jobId, String vmId, Instant time, List<PlanStep> steps) implements RestoreEvent {}

    /** Every step is completed. */
    record RestoreCompleted(UUID jobId, String vmId, Instant time, RestoreResult result) implements RestoreEvent {}

    /**
     * A step or the plan failed for good, and the rollback is over.
     *
     * @param leftovers what the restore made and did not remove
     */
    record RestoreFailed(UUID jobId, String vmId, Instant time, Failure failure, List<Resource> leftovers)
            implements RestoreEvent {}

    /**
     * The restore was cancelled, and the rollback is over.
     *
     * @param leftovers as in {@link RestoreFailed}
     */
    record RestoreCancelled(UUID jobId, String vmId, Instant time, List<Resource> leftovers) implements RestoreEvent {}

    /**
     * The restore gave no sign of life for too long, an operator's setting ends restores at a restart, or an operator
     * gave it up.
     *
     * @param requestedBy who gave it up; null where no person did
     */
    record RestoreInterrupted(
            UUID jobId,
            String vmId,
            Instant time,
            String reason,
            @Nullable String requestedBy) implements RestoreEvent {}

    /** Execution was requested while dry run is on; nothing was done. */
    record RestoreDryRun(UUID jobId, String vmId, Instant time, UUID executionId) implements RestoreEvent {}
}
