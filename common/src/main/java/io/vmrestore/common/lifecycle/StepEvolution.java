package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.Transition.Applied;
import io.vmrestore.common.lifecycle.Transition.Ignored;
import io.vmrestore.common.lifecycle.Transition.Illegal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of {@code evolve} that takes the answers of executors. */
final class StepEvolution {

    private StepEvolution() {}

    static Transition evolve(JobState state, StepEvent event) {
        StepAddress address = event.step();
        if (state.status() != JobStatus.RUNNING) {
            return new Illegal("the job is " + state.status() + " and has commanded no step");
        }
        Optional<StepState> found = state.step(address.stepOrder());
        if (found.isEmpty()) {
            return new Illegal("the job has no step " + address.stepOrder());
        }
        StepState step = found.get();
        if (step.plan().action() != address.action()) {
            return new Illegal("step " + address.stepOrder() + " is "
                    + step.plan().action().wireName() + ", not "
                    + address.action().wireName());
        }
        if (address.attempt() > step.attempt()) {
            return new Illegal(
                    "attempt " + address.attempt() + " of step " + address.stepOrder() + " was never commanded");
        }
        if (address.attempt() < step.attempt()) {
            return LateNaming.evolve(state, step, event, "a late answer of attempt " + address.attempt());
        }
        if (step.status().terminal()) {
            return LateNaming.evolve(state, step, event, "the step has ended " + step.status());
        }
        JobBuilder job = new JobBuilder(state, event.time());
        return switch (event) {
            case StepStarted started -> started(job, step, started);
            case StepProgressed progressed -> progressed(state, job, step, progressed);
            case StepCompleted completed -> completed(job, step, completed);
            case StepFailed failed ->
                new Applied(failed(state, job, step, failed).build());
        };
    }

    private static Transition started(JobBuilder job, StepState step, StepStarted event) {
        if (step.status() == StepStatus.RUNNING) {
            return new Ignored("the attempt has begun");
        }
        return new Applied(job.step(step.started(event.step(), event.time())).build());
    }

    private static Transition progressed(JobState state, JobBuilder job, StepState step, StepProgressed event) {
        StepState informed = step.progressed(event.resources(), event.detail());
        job.claimed(event.resources());
        if (informed.equals(step) && !event.time().isAfter(state.lastHeartbeat())) {
            return new Ignored("no news");
        }
        return new Applied(job.step(informed).build());
    }

    private static Transition completed(JobBuilder job, StepState step, StepCompleted event) {
        StepState completed = step.progressed(event.resources(), event.detail())
                .madeLast(event.resources())
                .completed(event.time());
        String missing = missing(completed, event);
        if (missing != null) {
            return new Illegal("step " + step.stepOrder() + " is completed without " + missing);
        }
        if (event.result() != null) {
            job.result(event.result());
        }
        return new Applied(job.claimed(event.resources()).step(completed).build());
    }

    /** What a completed step must have told, because later steps or the end of the restore need it. */
    private static @Nullable String missing(StepState completed, StepCompleted event) {
        Action action = completed.plan().action();
        ResourceType made = action.makes();
        if (made != null && completed.made() == null) {
            return "the " + made.name().toLowerCase(Locale.ROOT) + " it made";
        }
        return action.tellsTheResult() && event.result() == null ? "the result" : null;
    }

    private static JobBuilder failed(JobState state, JobBuilder job, StepState step, StepFailed event) {
        StepState informed = step.progressed(event.resources(), event.detail());
        job.claimed(event.resources());
        boolean rollback = step.plan().action().rollback();
        // A forward step of a restore that is being stopped is not tried again: its work would be undone anyway.
        boolean again =
                event.retryable() && step.attempt() < step.plan().maxAttempts() && (rollback || !state.stopping());
        if (again) {
            return job.step(informed.retrying(
                    event.failure(), event.time().plus(step.plan().action().retryDelay(step.attempt()))));
        }
        job.step(informed.failed(event.failure(), event.time()));
        return rollback || state.cancellation() != null ? job : job.failed(event.failure());
    }
}
