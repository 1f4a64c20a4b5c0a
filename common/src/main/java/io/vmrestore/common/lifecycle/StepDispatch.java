package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreCommand.StopSteps;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreFailed;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The part of {@code decide} that follows the steps of a running restore. */
final class StepDispatch {
    private StepDispatch() {}

    static Decision outstanding(DispatchPolicy policy, JobState job) {
        List<RestoreCommand> commands = new ArrayList<>();
        job.steps().stream()
                .filter(StepState::inFlight)
                .map(step -> command(job, step))
                .forEach(commands::add);
        if (commands.isEmpty()) {
            return new Decision(announcements(policy, job), commands);
        }
        if (job.stopping()) {
            commands.addAll(stop(job));
        }
        return new Decision(List.of(), commands);
    }

    /** Ends the waits of forward steps, if any is at work. */
    static List<RestoreCommand> stop(JobState job) {
        return job.forwardSteps().anyMatch(StepState::inFlight)
                ? List.of(new StopSteps(job.jobId(), job.vmId(), job.lastHeartbeat()))
                : List.of();
    }

    private static RunStep command(JobState job, StepState step) {
        PlanStep plan = step.plan();
        Instant notBefore = step.notBefore();
        if (notBefore == null) {
            throw new IllegalStateException("A step in flight has an earliest start: " + plan);
        }
        return new RunStep(
                step.addressIn(job),
                notBefore,
                notBefore.plusSeconds(plan.timeoutSeconds()),
                plan.action().task(new WorkSoFar(job, step)),
                job.pastPointOfNoReturn() ? true : null);
    }

    /** What follows when no step is at work. */
    private static List<RestoreEvent> announcements(DispatchPolicy policy, JobState job) {
        Instant time = job.lastHeartbeat();
        if (!job.stopping()) {
            RestoreResult result = job.result();
            boolean done = job.steps().stream().allMatch(step -> step.status() == StepStatus.COMPLETED);
            return done && result != null
                    ? List.of(new RestoreCompleted(job.jobId(), job.vmId(), time, result))
                    : List.of();
        }
        if (job.rollingBack()) {
            return List.of(ended(job, time));
        }
        List<RestoreEvent> events = new ArrayList<>();
        job.forwardSteps()
                .filter(step -> !step.status().terminal() || step.wasStopped())
                .map(step -> new StepSkipped(job.jobId(), job.vmId(), time, step.stepOrder()))
                .forEach(events::add);
        List<PlanStep> rollback = rollbackSteps(policy, job);
        events.add(
                rollback.isEmpty() ? ended(job, time) : new RollbackStarted(job.jobId(), job.vmId(), time, rollback));
        return events;
    }

    private static RestoreEvent ended(JobState job, Instant time) {
        return job.failure() != null
                ? new RestoreFailed(job.jobId(), job.vmId(), time, job.failure(), Leftovers.of(job))
                : new RestoreCancelled(job.jobId(), job.vmId(), time, Leftovers.of(job));
    }

    /** One rollback step for every step that may have made something, last made first, one after the other. */
    private static List<PlanStep> rollbackSteps(DispatchPolicy policy, JobState job) {
        Plan plan = job.plan();
        if (plan == null) {
            throw new IllegalStateException("A RUNNING job has a plan: " + job.jobId());
        }
        int next = job.steps().stream().mapToInt(StepState::stepOrder).max().orElse(0) + 1;
        List<PlanStep> rollback = new ArrayList<>();
        List<StepState> lastFirst = job.forwardSteps()
                .sorted(Comparator.comparing(StepState::stepOrder).reversed())
                .toList();
        for (StepState step : lastFirst) {
            Optional<Action> undo = step.plan().action().undoneBy(policy.cleanupVolumes(), job.pastPointOfNoReturn());
            if (undo.isEmpty() || step.attempt() == 0) {
                continue;
            }
            List<Integer> after =
                    rollback.isEmpty() ? List.of() : List.of(rollback.getLast().stepOrder());
            rollback.add(PlanStep.undoing(next++, undo.get(), after, step.stepOrder()));
        }
        return rollback;
    }
}
