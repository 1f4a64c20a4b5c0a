package io.vmrestore.gateway.cancel;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Duration;

/**
 * Which requests to cancel are refused. As with executions these are courtesy: dispatch decides, and ignores a
 * cancellation that comes too late.
 */
final class CancellationRules {
    private CancellationRules() {}

    /** @throws ProblemException 409 if the job cannot be cancelled, now or any more */
    static void requireCancellable(Job job) {
        if (job.cancelling() && !job.status().terminal()) {
            return;
        }
        if (job.status() == JobStatus.PLANNING) {
            throw job.wrongState("The plan is not ready yet, so there is nothing to cancel; try again in a moment.")
                    .retryAfter(Duration.ofSeconds(1))
                    .asException();
        }
        if (job.status().terminal()) {
            throw job.wrongState("The job has ended " + job.status()
                            + "; only a PLANNED, PENDING or RUNNING one can be cancelled.")
                    .asException();
        }
        if (job.failure().isPresent()) {
            throw job.wrongState("A step has failed, so what the job made is being removed already;"
                            + " there is nothing left to cancel.")
                    .asException();
        }
        if (job.pastPointOfNoReturn()) {
            throw Problem.of(
                            ProblemKind.PAST_POINT_OF_NO_RETURN,
                            "VM " + job.serverName() + " is being deleted or is gone already, so the restore that"
                                    + " replaces it must go on; it cannot be cancelled any more.")
                    .with("job_id", job.id())
                    .with("job_status", job.status())
                    .asException();
        }
    }

    /** Whether dispatch has followed a cancellation of this job, or will not follow one any more. */
    static boolean decided(Job job) {
        return job.cancelling() || job.status().terminal() || job.failure().isPresent() || job.pastPointOfNoReturn();
    }

    /**
     * @throws ProblemException 409 if dispatch has not followed the cancellation of a job for which it {@link #decided}
     */
    static void requireCancelled(Job job) {
        if (!job.cancelling()) {
            requireCancellable(job);
        }
    }
}
