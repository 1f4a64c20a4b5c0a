package io.vmrestore.status.query;

import static io.vmrestore.status.problem.Refusals.invalidParameter;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.status.store.Standing;
import io.vmrestore.support.api.JobsApi;
import io.vmrestore.support.api.Milestone;
import java.time.Duration;
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
    static final Set<String> PARAMETERS =
            Set.of(JobsApi.UNTIL, JobsApi.EXECUTION_ID, JobsApi.AFTER_VERSION, JobsApi.WAIT_MILLIS);

    private static final long LONGEST_MILLIS = 300_000;

    /**
     * @throws io.vmrestore.support.problem.ProblemException if a parameter is malformed or execution_id does not fit
     */
    static JobWait read(QueryParameters parameters) {
        Milestone milestone = milestone(parameters.text(JobsApi.UNTIL));
        UUID executionId = parameters.uuid(JobsApi.EXECUTION_ID);
        if (milestone == Milestone.ADMITTED && executionId == null) {
            throw invalidParameter(JobsApi.EXECUTION_ID, "is required with until=admitted");
        }
        if (milestone != Milestone.ADMITTED && executionId != null) {
            throw invalidParameter(JobsApi.EXECUTION_ID, "goes with until=admitted only");
        }
        Long afterVersion = parameters.number(JobsApi.AFTER_VERSION, 0, Long.MAX_VALUE);
        Long millis = parameters.number(JobsApi.WAIT_MILLIS, 0, LONGEST_MILLIS);
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
            if (milestone.wireName().equals(until)) {
                return milestone;
            }
        }
        throw invalidParameter(JobsApi.UNTIL, "must be one of planned, admitted, ended");
    }
}
