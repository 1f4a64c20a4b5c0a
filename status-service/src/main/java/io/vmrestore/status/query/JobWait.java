package io.vmrestore.status.query;

import static io.vmrestore.status.problem.ProblemException.invalidParameter;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.status.store.Standing;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reader waits for, and how long.
 *
 * @param executionId the execution whose admission is waited for
 * @param afterVersion the last version that the reader knows
 */
record JobWait(
        @Nullable Milestone milestone,
        @Nullable UUID executionId,
        @Nullable Long afterVersion,
        Duration atMost) {
    static final Set<String> PARAMETERS = Set.of("until", "execution_id", "after_version", "wait_millis");

    private static final long LONGEST_MILLIS = 300_000;

    /** A point in the life of a restore. */
    enum Milestone {
        /** The plan is ready or refused. */
        PLANNED,
        /** The request to execute was decided. */
        ADMITTED,
        /** The restore has ended. */
        ENDED
    }

    /** @throws io.vmrestore.status.problem.ProblemException if a parameter is malformed or execution_id does not fit */
    static JobWait read(QueryParameters parameters) {
        Milestone milestone = milestone(parameters.text("until"));
        UUID executionId = parameters.uuid("execution_id");
        if (milestone == Milestone.ADMITTED && executionId == null) {
            throw invalidParameter("execution_id", "is required with until=admitted");
        }
        if (milestone != Milestone.ADMITTED && executionId != null) {
            throw invalidParameter("execution_id", "goes with until=admitted only");
        }
        Long afterVersion = parameters.number("after_version", 0, Long.MAX_VALUE);
        Long millis = parameters.number("wait_millis", 0, LONGEST_MILLIS);
        return new JobWait(milestone, executionId, afterVersion, Duration.ofMillis(millis == null ? 0 : millis));
    }

    /** Whether a restore has come as far. One that has ended will come no further, so nobody waits for it. */
    boolean over(Standing job) {
        if (job.status().terminal()) {
            return true;
        }
        boolean newer = afterVersion == null || job.version() > afterVersion;
        return newer && (milestone == null || reached(milestone, job));
    }

    private boolean reached(Milestone wanted, Standing job) {
        return switch (wanted) {
            case PLANNED -> job.status() != JobStatus.PLANNING;
            // RUNNING means decided whichever execution it is: two never run, so another one is a refusal of this one.
            case ADMITTED -> job.status() == JobStatus.RUNNING || Objects.equals(job.refusedExecutionId(), executionId);
            case ENDED -> false;
        };
    }

    private static @Nullable Milestone milestone(@Nullable String until) {
        if (until == null) {
            return null;
        }
        for (Milestone milestone : Milestone.values()) {
            if (milestone.name().toLowerCase(Locale.ROOT).equals(until)) {
                return milestone;
            }
        }
        throw invalidParameter("until", "must be one of planned, admitted, ended");
    }
}
