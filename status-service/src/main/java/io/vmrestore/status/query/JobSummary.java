package io.vmrestore.status.query;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Readiness;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.status.store.JobRecord;
import io.vmrestore.status.store.Progress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A restore in a list, as the gateway hands it to clients.
 *
 * @param newVmName the name the restored VM gets: the plan's, before there is one the name asked for
 * @param readiness of a plan that waits to be executed; null if there is none, or an older status-service wrote it
 * @param unreadableEvents how many of its events could not be turned into rows, so that what is told here lacks what
 *     they said; 0 unless something is wrong
 * @param executedBy who asked for the execution that runs or ran
 */
public record JobSummary(
        UUID jobId,
        String projectId,
        @Nullable String projectName,
        String vmId,
        @Nullable String vmName,
        String snapshotId,
        RestoreMode mode,
        IpStrategy ipStrategy,
        @Nullable String newVmName,
        JobStatus status,
        @Nullable Readiness readiness,
        long version,
        String requestedBy,
        @Nullable String executedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Instant lastHeartbeat,
        JobState.@Nullable Execution execution,
        JobState.@Nullable Refusal refusal,
        JobState.@Nullable Cancellation cancellation,
        JobState.@Nullable Interruption interruption,
        @Nullable Failure failure,
        @Nullable RestoreResult result,
        List<Resource> leftovers,
        Progress progress,
        int unreadableEvents) {

    static JobSummary of(JobRecord job) {
        JobState state = job.state();
        return new JobSummary(
                state.jobId(),
                state.request().projectId(),
                job.projectName(),
                state.vmId(),
                job.vmName(),
                state.request().restorePointId(),
                state.request().mode(),
                state.request().ipStrategy(),
                job.restoredVmName() == null ? state.request().newVmName() : job.restoredVmName(),
                state.status(),
                readiness(job),
                state.version(),
                state.request().requestedBy(),
                state.execution() == null ? null : state.execution().requestedBy(),
                state.createdAt(),
                state.startedAt(),
                state.completedAt(),
                state.lastHeartbeat(),
                state.execution(),
                state.refusal(),
                state.cancellation(),
                state.interruption(),
                state.failure(),
                state.result(),
                state.leftovers(),
                job.progress(),
                job.unreadableEvents());
    }

    private static @Nullable Readiness readiness(JobRecord job) {
        if (job.state().status() != JobStatus.PLANNED) {
            return null;
        }
        Plan plan = job.state().plan();
        return plan == null ? job.readiness() : Readiness.of(plan.eligible(), plan.warningSeverities());
    }
}
