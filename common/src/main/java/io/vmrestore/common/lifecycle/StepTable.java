package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.lifecycle.StepPhase.COMMANDED;
import static io.vmrestore.common.lifecycle.StepPhase.COMPLETED;
import static io.vmrestore.common.lifecycle.StepPhase.FAILED;
import static io.vmrestore.common.lifecycle.StepPhase.PENDING;
import static io.vmrestore.common.lifecycle.StepPhase.RUNNING;
import static io.vmrestore.common.lifecycle.StepPhase.SKIPPED;

import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.lifecycle.Outcome.Case;
import io.vmrestore.common.lifecycle.Outcome.Condition;
import io.vmrestore.common.lifecycle.Outcome.Effect;
import io.vmrestore.common.lifecycle.Outcome.Kind;
import io.vmrestore.common.lifecycle.Outcome.Reason;
import io.vmrestore.common.lifecycle.Transition.Applied;
import io.vmrestore.common.lifecycle.Transition.Illegal;
import java.util.List;

/** What each event may do to a step of a running restore. An answer counts for the attempt that it names. */
final class StepTable {
    static final TransitionTable TABLE = new TransitionTable(List.of(
            EventType.STEP_STARTED,
            EventType.STEP_PROGRESSED,
            EventType.STEP_COMPLETED,
            EventType.STEP_FAILED,
            EventType.STEP_SKIPPED));

    static {
        TABLE.in(PENDING)
                .on(StepSkipped.class, skip("the restore is being stopped"), commanded("it is not"))
                .anyOther(neverCommanded("it was never commanded"));

        TABLE.in(COMMANDED)
                .on(
                        StepStarted.class,
                        applied(
                                RUNNING,
                                "an executor begins the attempt",
                                StepConditions::current,
                                (job, it) -> job.step(it.step()
                                        .started(it.event().step(), it.event().time()))),
                        outdated("it is of an attempt before"),
                        neverCommanded("of one never commanded"))
                .on(
                        StepProgressed.class,
                        progress(COMMANDED, "a sign of life"),
                        naming(COMMANDED, "the first name of a resource"),
                        ignored("nothing new", StepConditions::noNews),
                        neverCommanded("of an attempt never commanded"))
                .on(
                        StepCompleted.class,
                        success("the attempt succeeded"),
                        naming(COMMANDED, "one before did, and is the first to name a resource"),
                        outdated("one before did"),
                        otherAttempt("of an attempt never commanded"),
                        incomplete())
                .on(
                        StepFailed.class,
                        retry("the attempt failed and there is another"),
                        naming(COMMANDED, "one before names a resource"),
                        failure("the attempt failed for good"),
                        outdated("one before did"),
                        neverCommanded("of an attempt never commanded"))
                .on(StepSkipped.class, commanded("it was commanded"));

        TABLE.in(RUNNING)
                .on(
                        StepStarted.class,
                        ignored("it has begun", StepConditions::begun),
                        neverCommanded("of an attempt never commanded"))
                .on(
                        StepProgressed.class,
                        progress(RUNNING, "a sign of life"),
                        naming(RUNNING, "the first name of a resource"),
                        ignored("nothing new", StepConditions::noNews),
                        neverCommanded("of an attempt never commanded"))
                .on(
                        StepCompleted.class,
                        success("the attempt succeeded"),
                        naming(RUNNING, "one before did, and is the first to name a resource"),
                        outdated("one before did"),
                        otherAttempt("of an attempt never commanded"),
                        incomplete())
                .on(
                        StepFailed.class,
                        retry("the attempt failed and there is another"),
                        failure("the attempt failed for good"),
                        naming(RUNNING, "one before did, and is the first to name a resource"),
                        outdated("one before did"),
                        neverCommanded("of an attempt never commanded"))
                .on(StepSkipped.class, commanded("it was commanded"));

        for (StepPhase ended : List.of(COMPLETED, FAILED, SKIPPED)) {
            TransitionTable.Status in = TABLE.in(ended)
                    .on(
                            StepStarted.class,
                            ignored("it has ended", StepConditions::ended),
                            neverCommanded("of an attempt never commanded"))
                    .on(
                            List.<Class<? extends StepEvent>>of(
                                    StepProgressed.class, StepCompleted.class, StepFailed.class),
                            applied(
                                    ended,
                                    "it is the first to name a resource",
                                    LateNaming::namesNews,
                                    LateNaming::name),
                            ignored("it names none", StepConditions::ended),
                            neverCommanded("of an attempt never commanded"));
            switch (ended) {
                case FAILED ->
                    in.on(StepSkipped.class, stopped("its attempt was told to stop"), commanded("it was commanded"));
                case SKIPPED ->
                    in.on(StepSkipped.class, Outcome.ignored("it is skipped", null, _ -> "the step is skipped"));
                case PENDING, COMMANDED, RUNNING, COMPLETED -> in.on(StepSkipped.class, commanded("it was commanded"));
            }
        }
        TABLE.complete();
    }

    private StepTable() {}

    /** What becomes of an executor's answer. */
    static Transition answer(Case<? extends StepEvent> it) {
        return answer(it.job(), it.event(), it.event().step().stepOrder());
    }

    /** What becomes of the word that a step is never commanded. */
    static Transition skipped(Case<? extends StepSkipped> it) {
        return answer(it.job(), it.event(), it.event().stepOrder());
    }

    private static Transition answer(JobState job, RestoreEvent event, int order) {
        return job.step(order)
                .map(step -> TABLE.answer(StepPhase.of(step).name(), new Case<>(job, step, event)))
                .orElseGet(() -> new Illegal("the job has no step " + order));
    }

    private static <E extends StepEvent> Outcome<E> applied(
            StepPhase to, String when, Condition<E> condition, Effect<E> effect) {
        return new Outcome<>(
                Kind.APPLIED,
                to.name(),
                when,
                condition,
                it -> new Applied(effect.on(JobBuilder.after(it), it).build()));
    }

    private static Outcome<StepProgressed> progress(StepPhase same, String when) {
        return applied(
                same,
                when,
                StepConditions::tellsNews,
                (job, it) -> job.claimed(it.event().resources()).step(StepConditions.informed(it)));
    }

    private static Outcome<StepCompleted> success(String when) {
        return applied(COMPLETED, when, StepConditions::successful, (job, it) -> {
            job.claimed(it.event().resources()).step(StepConditions.completed(it));
            return it.event().result() == null ? job : job.result(it.event().result());
        });
    }

    private static Outcome<StepCompleted> incomplete() {
        return Outcome.illegal("without what later steps need", null, StepConditions::whyIncomplete);
    }

    private static Outcome<StepFailed> retry(String when) {
        return applied(
                COMMANDED,
                when,
                StepConditions::triedAgain,
                (job, it) -> job.claimed(it.event().resources()).step(StepConditions.retrying(it)));
    }

    private static Outcome<StepFailed> failure(String when) {
        return applied(FAILED, when, StepConditions::current, (job, it) -> {
            job.claimed(it.event().resources()).step(StepConditions.failed(it));
            boolean undone = it.step().plan().action().rollback() || JobConditions.cancelled(it);
            return undone ? job : job.failed(it.event().failure());
        });
    }

    /** The answer of an attempt that was given up: what it has made must not stay without a name. */
    private static <E extends StepEvent> Outcome<E> naming(StepPhase same, String when) {
        return applied(
                same,
                when,
                it -> StepConditions.earlier(it) && LateNaming.namesNews(it),
                (job, it) -> LateNaming.name(job, it));
    }

    private static <E extends StepEvent> Outcome<E> outdated(String when) {
        return Outcome.ignored(when, StepConditions::earlier, StepConditions::late);
    }

    private static <E extends RestoreEvent> Outcome<E> neverCommanded(String when) {
        return Outcome.illegal(when, null, StepConditions::whyNotCommanded);
    }

    private static <E extends StepEvent> Outcome<E> otherAttempt(String when) {
        Condition<E> condition = it -> !StepConditions.commanded(it);
        return Outcome.illegal(when, condition, StepConditions::whyNotCommanded);
    }

    private static <E extends StepEvent> Outcome<E> ignored(String when, Reason<E> reason) {
        return Outcome.ignored(when, StepConditions::commanded, reason);
    }

    private static Outcome<StepSkipped> skip(String when) {
        return new Outcome<>(
                Kind.APPLIED,
                SKIPPED.name(),
                when,
                JobConditions::stopping,
                it -> new Applied(JobBuilder.after(it).step(it.step().skipped()).build()));
    }

    /** Its attempt was stopped for the restore's sake: that is no failure of the step. */
    private static Outcome<StepSkipped> stopped(String when) {
        return new Outcome<>(
                Kind.APPLIED,
                SKIPPED.name(),
                when,
                StepConditions::stopped,
                it -> new Applied(JobBuilder.after(it).step(it.step().stopped()).build()));
    }

    private static Outcome<StepSkipped> commanded(String when) {
        return Outcome.illegal(
                when, null, it -> "step " + it.event().stepOrder() + " was commanded and cannot be skipped");
    }
}
