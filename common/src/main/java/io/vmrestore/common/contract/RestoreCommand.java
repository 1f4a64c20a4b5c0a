package io.vmrestore.common.contract;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What dispatch asks others to do. Commands are internal; their ids are deterministic, so a repeat is recognisable. */
public sealed interface RestoreCommand {

    String id();

    UUID jobId();

    /** The Kafka key: commands of one VM stay together. */
    String vmId();

    /** Asks planning to compute the plan. */
    record PlanRestore(
            UUID jobId,
            String vmId,
            String projectId,
            String restorePointId,
            RestoreMode mode,
            @Nullable String newVmName,
            IpStrategy ipStrategy,
            Instant requestedAt)
            implements RestoreCommand {

        @Override
        public String id() {
            return jobId + "/plan";
        }
    }

    /**
     * Asks whoever waits in a forward step of this restore to stop waiting: the restore failed or was cancelled. Not
     * answered by itself; the steps answer.
     */
    record StopSteps(UUID jobId, String vmId, Instant requestedAt) implements RestoreCommand {

        @Override
        public String id() {
            return jobId + "/stop";
        }
    }

    /**
     * Asks an executor to carry out one attempt of one step.
     *
     * @param notBefore a retry waits until then
     * @param deadline when the attempt gives up; not extended by redelivery or polling, only by outages of the cloud
     * @param originalMayBeGone whether the restore is past its point of no return, so that it waits without end for a
     *     service that gives no answer; null if it is not
     */
    record RunStep(
            StepAddress step,
            Instant notBefore,
            Instant deadline,
            StepTask task,
            @Nullable Boolean originalMayBeGone) implements RestoreCommand {

        /** A step of a restore whose original is there. */
        public RunStep(StepAddress step, Instant notBefore, Instant deadline, StepTask task) {
            this(step, notBefore, deadline, task, null);
        }

        /** The same with another deadline. */
        public RunStep until(Instant other) {
            return new RunStep(step, notBefore, other, task, originalMayBeGone);
        }

        /** Whether the step waits for a service that gives no answer however long that lasts. */
        public boolean waitsWithoutEnd() {
            return Boolean.TRUE.equals(originalMayBeGone) && !step.action().rollback();
        }

        @Override
        public String id() {
            return step.id();
        }

        @Override
        public UUID jobId() {
            return step.jobId();
        }

        @Override
        public String vmId() {
            return step.vmId();
        }
    }
}
