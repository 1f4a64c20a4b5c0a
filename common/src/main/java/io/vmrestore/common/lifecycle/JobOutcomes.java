package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.contract.JobStatus.CANCELLED;
import static io.vmrestore.common.contract.JobStatus.INTERRUPTED;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.lifecycle.Outcome.Answer;
import io.vmrestore.common.lifecycle.Outcome.Condition;
import io.vmrestore.common.lifecycle.Outcome.Effect;
import io.vmrestore.common.lifecycle.Outcome.Kind;
import io.vmrestore.common.lifecycle.Transition.Applied;
import org.jspecify.annotations.Nullable;

/** The outcomes that {@link JobTable} is written in. */
final class JobOutcomes {
    private JobOutcomes() {}

    static <E extends RestoreEvent> Outcome<E> applied(JobStatus to, String when, Effect<E> effect) {
        return applied(to, when, null, effect);
    }

    static <E extends RestoreEvent> Outcome<E> applied(
            JobStatus to, String when, @Nullable Condition<E> condition, Effect<E> effect) {
        Answer<E> answer =
                it -> new Applied(effect.on(JobBuilder.after(it), it).moved(to).build());
        return new Outcome<>(Kind.APPLIED, to.name(), when, condition, answer);
    }

    static Outcome<CancellationRequested> cancelling(JobStatus same, String when) {
        return applied(
                same,
                when,
                it -> !it.job().stopping() && !it.job().pastPointOfNoReturn(),
                (job, it) -> job.cancelling(JobState.Cancellation.of(it.event())));
    }

    static Outcome<RestoreCancelled> cancelled(String when) {
        return applied(
                CANCELLED,
                when,
                it -> JobConditions.cancelled(it) && JobConditions.nothingAtWork(it),
                (job, it) -> job.left(it.event().leftovers()));
    }

    static Outcome<RestoreInterrupted> interrupted(String when) {
        return applied(
                INTERRUPTED,
                when,
                (job, it) ->
                        job.interrupted(JobState.Interruption.of(it.event())).left(Leftovers.of(it.job())));
    }

    /** Dispatch answers it, as it does every event that changes nothing, with all that is outstanding. */
    static Outcome<RedriveRequested> redriven() {
        return ignored("it asks for what is outstanding");
    }

    static <E extends RestoreEvent> Outcome<E> ignored(String when) {
        return Outcome.ignored(when, null, JobConditions::outOfPlace);
    }

    static <E extends RestoreEvent> Outcome<E> ignored(String when, @Nullable Condition<E> condition, String reason) {
        return Outcome.ignored(when, condition, _ -> reason);
    }

    static <E extends RestoreEvent> Outcome<E> illegal(String when) {
        return Outcome.illegal(when, null, JobConditions::outOfPlace);
    }
}
