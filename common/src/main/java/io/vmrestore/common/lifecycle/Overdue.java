package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What follows from the mere passing of time. Pure: whoever calls brings the time along. */
public final class Overdue {
    /** Who ends a restore where no person did; shown like a person's name. */
    public static final String SYSTEM = "system";

    private Overdue() {}

    /**
     * Finds a restore that fell silent or a plan that nobody has executed.
     *
     * @param staleAfter how long a restore may be silent
     * @param planTtl how long a plan may wait to be executed
     */
    public static Optional<RestoreEvent> event(JobState job, Instant now, Duration staleAfter, Duration planTtl) {
        return switch (job.status()) {
            case PLANNING, PENDING, RUNNING ->
                passed(job, now, staleAfter)
                        ? Optional.of(interrupted(
                                job,
                                now,
                                "No sign of life since " + job.lastHeartbeat() + ", longer than " + staleAfter))
                        : Optional.empty();
            case PLANNED ->
                passed(job, now, planTtl) && job.cancellation() == null
                        ? Optional.of(expired(job, now, "The plan was not executed within " + planTtl))
                        : Optional.empty();
            case COMPLETED, FAILED, CANCELLED, INTERRUPTED, DRY_RUN -> Optional.empty();
        };
    }

    /** What a start of dispatch means for a restore where restores shall not outlive one. */
    public static Optional<RestoreEvent> atRestart(JobState job, Instant now) {
        return switch (job.status()) {
            case PENDING, RUNNING ->
                Optional.of(interrupted(job, now, "The planner was started again while the restore was at work"));
            case PLANNING, PLANNED, COMPLETED, FAILED, CANCELLED, INTERRUPTED, DRY_RUN -> Optional.empty();
        };
    }

    static CancellationRequested expired(JobState job, Instant now, String reason) {
        return new CancellationRequested(job.jobId(), job.vmId(), now, SYSTEM, reason, null);
    }

    private static RestoreInterrupted interrupted(JobState job, Instant now, String reason) {
        return new RestoreInterrupted(job.jobId(), job.vmId(), now, reason, null);
    }

    private static boolean passed(JobState job, Instant now, Duration limit) {
        return job.lastHeartbeat().plus(limit).isBefore(now);
    }
}
