package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreDryRun;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.RestoreMode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code decide}: what must be published because of an event. Pure. Everything follows from {@link #outstanding}, so a
 * crash between storing the state and publishing loses nothing: the repeated event publishes the same again.
 */
public final class Dispatch {
    private Dispatch() {}

    /**
     * Decides after an event was offered to {@link Evolution#evolve}.
     *
     * @param before state before the event; null if the job was unknown
     * @param transition what evolve answered
     * @param others the other restores of the same VM
     */
    public static Decision decide(
            DispatchPolicy policy,
            @Nullable JobState before,
            RestoreEvent event,
            Transition transition,
            Collection<JobState> others) {
        return switch (transition) {
            case Transition.Applied(JobState after) -> {
                Decision now = outstanding(policy, after, others);
                yield before == null ? now : now.without(outstanding(policy, before, others));
            }
            case Transition.Ignored _ -> repeated(policy, before, event, others);
            case Transition.Illegal _ -> Decision.NOTHING;
        };
    }

    /**
     * Decides after an event that changes nothing: it repeats what is known, or it is read again after a crash by a
     * dispatch whose stored state contains it already. The latter must not be offered to evolve again, which would see
     * it in the light of what came later.
     *
     * @param job the state as it is; null if the job is unknown
     */
    public static Decision repeated(
            DispatchPolicy policy, @Nullable JobState job, RestoreEvent event, Collection<JobState> others) {
        // Whoever repeats an answer may do so because nobody acted on it. Signs of life ask for nothing, and answering
        // them
        // would make a waiting executor and dispatch echo each other.
        if (job == null || event instanceof StepStarted || event instanceof StepProgressed) {
            return Decision.NOTHING;
        }
        Decision outstanding = outstanding(policy, job, others);
        return event instanceof ExecutionRequested asked && !followed(job, asked)
                ? outstanding.and(new ExecutionRefused(
                        job.jobId(), job.vmId(), asked.time(), asked.executionId(), whyNotFollowed(job)))
                : outstanding;
    }

    /** Whether this request was admitted, or is refused by the state that it has led to. */
    private static boolean followed(JobState job, ExecutionRequested asked) {
        JobState.Execution execution = job.execution();
        JobState.Refusal refusal = job.refusal();
        return execution != null && execution.executionId().equals(asked.executionId())
                || refusal != null && refusal.executionId().equals(asked.executionId());
    }

    private static String whyNotFollowed(JobState job) {
        if (job.status() == JobStatus.PLANNING) {
            return "The plan is not ready";
        }
        if (job.execution() != null) {
            return "The plan is executed already, by request " + job.execution().executionId();
        }
        return job.cancellation() != null ? "The job is cancelled" : "The job has ended " + job.status();
    }

    /** Every command not yet answered, and the announcement that the state implies. Ids are deterministic. */
    public static Decision outstanding(DispatchPolicy policy, JobState job, Collection<JobState> others) {
        return switch (job.status()) {
            case PLANNING -> new Decision(List.of(), List.of(plan(job)));
            case PLANNED -> job.cancellation() == null ? Decision.NOTHING : announce(cancelled(job));
            case PENDING -> announce(admission(policy, job, others));
            case RUNNING -> StepDispatch.outstanding(policy, job);
            case COMPLETED, FAILED -> new Decision(superseded(job, others), List.of());
            // Nobody waits for its steps any more, and what they made from now on would have no name.
            case INTERRUPTED -> new Decision(superseded(job, others), StepDispatch.stop(job));
            case CANCELLED, DRY_RUN -> Decision.NOTHING;
        };
    }

    /** Plans for a VM that this restore has replaced can no longer be carried out. */
    private static List<RestoreEvent> superseded(JobState job, Collection<JobState> others) {
        if (!job.originalDeleted()) {
            return List.of();
        }
        return others.stream()
                .filter(other -> other.status() == JobStatus.PLANNED && other.cancellation() == null)
                .<RestoreEvent>map(other -> Overdue.expired(
                        other,
                        job.lastHeartbeat(),
                        "Restore " + job.jobId() + " has deleted the VM that the plan is for"))
                .toList();
    }

    private static PlanRestore plan(JobState job) {
        JobState.Request request = job.request();
        return new PlanRestore(
                job.jobId(),
                job.vmId(),
                request.projectId(),
                request.restorePointId(),
                request.mode(),
                request.newVmName(),
                request.ipStrategy(),
                job.createdAt());
    }

    private static RestoreEvent admission(DispatchPolicy policy, JobState job, Collection<JobState> others) {
        if (job.cancellation() != null) {
            return cancelled(job);
        }
        JobState.Execution execution = job.execution();
        if (execution == null || job.plan() == null) {
            throw new IllegalStateException("A PENDING job has an execution and a plan: " + job.jobId());
        }
        if (!job.plan().eligible()) {
            return refused(
                    job,
                    execution,
                    "The plan is not eligible: " + String.join("; ", job.plan().reasons()));
        }
        // A rival that is still PENDING counts too: the events of a VM are decided one after the other, so when this
        // request
        // is decided, the rival's was decided before and is about to run.
        Optional<JobState> rival = others.stream()
                .filter(other -> other.status().active())
                .filter(other -> exclusive(job) || exclusive(other))
                .findFirst();
        if (rival.isPresent()) {
            return refused(
                    job,
                    execution,
                    "VM " + job.vmId() + " is busy with restore " + rival.get().jobId());
        }
        if (policy.dryRun()) {
            return new RestoreDryRun(job.jobId(), job.vmId(), job.lastHeartbeat(), execution.executionId());
        }
        return new RestoreStarted(job.jobId(), job.vmId(), job.lastHeartbeat(), execution.executionId());
    }

    private static boolean exclusive(JobState job) {
        return job.request().mode() == RestoreMode.REPLACE;
    }

    private static ExecutionRefused refused(JobState job, JobState.Execution execution, String reason) {
        return new ExecutionRefused(job.jobId(), job.vmId(), job.lastHeartbeat(), execution.executionId(), reason);
    }

    private static RestoreCancelled cancelled(JobState job) {
        return new RestoreCancelled(job.jobId(), job.vmId(), job.lastHeartbeat(), Leftovers.of(job));
    }

    private static Decision announce(RestoreEvent event) {
        return new Decision(List.of(event), List.of());
    }
}
