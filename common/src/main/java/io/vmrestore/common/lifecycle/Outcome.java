package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an event may meet in a status.
 *
 * @param to the status that it leads to; null if it is not applied
 * @param when the condition in words
 * @param condition null if the outcome is what remains
 */
record Outcome<E extends RestoreEvent>(
        Kind kind,
        @Nullable String to,
        String when,
        @Nullable Condition<E> condition,
        Answer<E> answer) {

    /** The three kinds of answer, in the order in which they are shown. */
    enum Kind {
        APPLIED,
        IGNORED,
        ILLEGAL
    }

    /**
     * An event that meets a restore.
     *
     * @param known the restore; null if nobody has asked for it
     * @param about the step that the event is about; null if it is about none that there is
     */
    record Case<E extends RestoreEvent>(
            @Nullable JobState known, @Nullable StepState about, E event) {

        /** With the step that the event reports on. */
        static Case<RestoreEvent> of(@Nullable JobState job, RestoreEvent event) {
            StepState step = job != null && event instanceof StepEvent answer
                    ? job.step(answer.step().stepOrder()).orElse(null)
                    : null;
            return new Case<>(job, step, event);
        }

        JobState job() {
            return Objects.requireNonNull(known, "the restore is known");
        }

        StepState step() {
            return Objects.requireNonNull(about, "there is such a step");
        }
    }

    /** A condition under which an outcome is met. */
    interface Condition<E extends RestoreEvent> {
        boolean holds(Case<E> it);
    }

    /** What is answered. */
    interface Answer<E extends RestoreEvent> {
        Transition to(Case<E> it);
    }

    /** What an event that is applied changes, beside the status that the table names. */
    interface Effect<E extends RestoreEvent> {
        JobBuilder on(JobBuilder job, Case<E> it);
    }

    /** Why an event is not applied. */
    interface Reason<E extends RestoreEvent> extends Function<Case<E>, String> {}

    static <E extends RestoreEvent> Outcome<E> ignored(
            String when, @Nullable Condition<E> condition, Reason<E> reason) {
        return new Outcome<>(Kind.IGNORED, null, when, condition, it -> new Transition.Ignored(reason.apply(it)));
    }

    static <E extends RestoreEvent> Outcome<E> illegal(
            String when, @Nullable Condition<E> condition, Reason<E> reason) {
        return new Outcome<>(Kind.ILLEGAL, null, when, condition, it -> new Transition.Illegal(reason.apply(it)));
    }

    boolean met(Case<E> it) {
        return condition == null || condition.holds(it);
    }
}
