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
     * @param deadline when the attempt gives up; not extended by redelivery or polling
     */
    record RunStep(StepAddress step, Instant notBefore, Instant deadline, StepTask task) implements RestoreCommand {

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
