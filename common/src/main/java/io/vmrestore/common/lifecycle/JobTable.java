package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.contract.JobStatus.CANCELLED;
import static io.vmrestore.common.contract.JobStatus.COMPLETED;
import static io.vmrestore.common.contract.JobStatus.DRY_RUN;
import static io.vmrestore.common.contract.JobStatus.FAILED;
import static io.vmrestore.common.contract.JobStatus.INTERRUPTED;
import static io.vmrestore.common.contract.JobStatus.PENDING;
import static io.vmrestore.common.contract.JobStatus.PLANNED;
import static io.vmrestore.common.contract.JobStatus.PLANNING;
import static io.vmrestore.common.contract.JobStatus.RUNNING;
import static io.vmrestore.common.lifecycle.JobOutcomes.applied;
import static io.vmrestore.common.lifecycle.JobOutcomes.cancelled;
import static io.vmrestore.common.lifecycle.JobOutcomes.cancelling;
import static io.vmrestore.common.lifecycle.JobOutcomes.ignored;
import static io.vmrestore.common.lifecycle.JobOutcomes.illegal;
import static io.vmrestore.common.lifecycle.JobOutcomes.interrupted;
import static io.vmrestore.common.lifecycle.JobOutcomes.redriven;

import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreDryRun;
import io.vmrestore.common.contract.RestoreEvent.RestoreFailed;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.lifecycle.Outcome.Case;
import io.vmrestore.common.lifecycle.Outcome.Kind;
import io.vmrestore.common.lifecycle.Transition.Applied;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each event may do to a restore. */
final class JobTable {
    /** The status of a restore that nobody has asked for. */
    static final String UNKNOWN = "(unknown)";

    static final TransitionTable TABLE = new TransitionTable(List.of(EventType.values()));

    private static final String BEING_STOPPED = "the job is being stopped already";
    private static final String GIVEN_UP = "no sign of life, or an operator gives it up";
    private static final String GIVEN_UP_AT_WORK =
            "no sign of life, a restart that ends restores, or an operator gives it up";

    static {
        TABLE.in(UNKNOWN)
                .on(
                        RestoreRequested.class,
                        new Outcome<>(
                                Kind.APPLIED,
                                PLANNING.name(),
                                "a client asks for a plan",
                                null,
                                it -> new Applied(JobState.planning(it.event()))))
                .anyOther(Outcome.illegal("the job is unknown", null, _ -> "the job is unknown"));

        TABLE.in(PLANNING)
                .on(
                        PlanCreated.class,
                        applied(
                                PLANNED,
                                "the plan is made",
                                JobConditions::followable,
                                (job, it) -> job.plan(it.event().plan())),
                        Outcome.illegal("it could not be followed to its end", null, JobConditions::whyNotFollowable))
                .on(
                        PlanRejected.class,
                        applied(
                                FAILED,
                                "no plan is possible",
                                (job, it) -> job.failed(it.event().failure())))
                .on(RestoreInterrupted.class, interrupted(GIVEN_UP))
                .on(
                        List.of(
                                RestoreRequested.class,
                                ExecutionRequested.class,
                                ExecutionRefused.class,
                                RestoreStarted.class,
                                RestoreDryRun.class,
                                CancellationRequested.class),
                        ignored("there is no plan yet"))
                .on(RedriveRequested.class, redriven())
                .anyOther(illegal("nothing was commanded"));

        TABLE.in(PLANNED)
                .on(
                        ExecutionRequested.class,
                        applied(
                                PENDING,
                                "a client asks to execute",
                                JobConditions::newRequest,
                                (job, it) -> job.requested(JobState.Execution.of(it.event()))),
                        ignored("the plan is being cancelled", JobConditions::cancelled, "the job is being cancelled"),
                        ignored("this request was refused", null, "this request was refused"))
                .on(
                        CancellationRequested.class,
                        cancelling(PLANNED, "a client cancels, or the plan expires"),
                        ignored("it is being cancelled", null, BEING_STOPPED))
                .on(RestoreCancelled.class, cancelled("it is cancelled"), illegal("nobody asked"))
                .on(RestoreInterrupted.class, interrupted(GIVEN_UP))
                .on(
                        List.of(
                                RestoreRequested.class,
                                PlanCreated.class,
                                PlanRejected.class,
                                ExecutionRefused.class,
                                RestoreStarted.class,
                                RestoreDryRun.class),
                        ignored("it says nothing new"))
                .on(RedriveRequested.class, redriven())
                .anyOther(illegal("nothing was commanded"));

        TABLE.in(PENDING)
                .on(
                        RestoreStarted.class,
                        applied(
                                RUNNING,
                                "the execution is admitted",
                                it -> JobConditions.asked(it, it.event().executionId()),
                                (job, _) -> job.started()),
                        ignored("it is not about this request"))
                .on(
                        ExecutionRefused.class,
                        applied(
                                PLANNED,
                                "the execution is refused",
                                it -> JobConditions.asked(it, it.event().executionId()),
                                (job, it) -> job.refused(JobState.Refusal.of(it.event()))),
                        ignored("it is not about this request"))
                .on(
                        RestoreDryRun.class,
                        applied(
                                DRY_RUN,
                                "dry run is on",
                                it -> JobConditions.asked(it, it.event().executionId()),
                                (job, _) -> job),
                        ignored("it is not about this request"))
                .on(
                        CancellationRequested.class,
                        cancelling(PENDING, "a client cancels"),
                        ignored("it is being cancelled", null, BEING_STOPPED))
                .on(RestoreCancelled.class, cancelled("it is cancelled"), illegal("nobody asked"))
                .on(RestoreInterrupted.class, interrupted(GIVEN_UP_AT_WORK))
                .on(
                        List.of(
                                RestoreRequested.class,
                                PlanCreated.class,
                                PlanRejected.class,
                                ExecutionRequested.class),
                        ignored("it says nothing new"))
                .on(RedriveRequested.class, redriven())
                .anyOther(illegal("nothing was commanded"));

        TABLE.in(RUNNING)
                .decidedBy(
                        StepTable::answer,
                        List.of(StepStarted.class, StepProgressed.class, StepCompleted.class, StepFailed.class),
                        applied(RUNNING, "a step is answered", (job, _) -> job),
                        ignored("it says nothing new"),
                        illegal("it was not commanded, or lacks what later steps need"))
                .decidedBy(
                        StepTable::skipped,
                        List.of(StepSkipped.class),
                        applied(RUNNING, "the step is not carried out", (job, _) -> job),
                        ignored("it is skipped"),
                        illegal("it was commanded, or nothing has failed"))
                .on(
                        CancellationRequested.class,
                        cancelling(RUNNING, "a client cancels"),
                        ignored("it is being stopped", JobConditions::stopping, BEING_STOPPED),
                        ignored(
                                "the original is being deleted",
                                null,
                                "the original VM is being deleted: there is no way back"))
                .on(
                        RollbackStarted.class,
                        applied(
                                RUNNING,
                                "no step is at work any more",
                                JobConditions::readyToRollBack,
                                (job, it) -> job.rollback(it.event().steps())),
                        ignored("the rollback has begun", it -> it.job().rollingBack(), "the rollback has begun"),
                        Outcome.illegal("steps are at work", JobConditions::stopping, _ -> "steps are still at work"),
                        illegal("nothing has failed"))
                .on(
                        RestoreCompleted.class,
                        applied(
                                COMPLETED,
                                "every step is completed",
                                JobConditions::allCompleted,
                                (job, it) -> job.result(it.event().result()).left(Leftovers.ofOriginal(it.job()))),
                        illegal("a step is not"))
                .on(
                        RestoreFailed.class,
                        applied(
                                FAILED,
                                "a step has failed and the rollback is over",
                                it -> it.job().failure() != null && JobConditions.nothingAtWork(it),
                                (job, it) -> job.left(it.event().leftovers())),
                        illegal("none has, or steps are at work"))
                .on(
                        RestoreCancelled.class,
                        cancelled("a client has cancelled and the rollback is over"),
                        illegal("nobody has, or steps are at work"))
                .on(RestoreInterrupted.class, interrupted(GIVEN_UP_AT_WORK))
                .on(RedriveRequested.class, redriven())
                .anyOther(ignored("it says nothing new"));

        for (JobStatus ended : List.of(COMPLETED, FAILED, CANCELLED, INTERRUPTED)) {
            TABLE.in(ended)
                    .on(
                            List.<Class<? extends StepEvent>>of(
                                    StepProgressed.class, StepCompleted.class, StepFailed.class),
                            applied(
                                    ended,
                                    "it is the first to name a resource, which is left",
                                    LateNaming::namesNews,
                                    LateNaming::name),
                            ignored("it names none"))
                    .anyOther(ignored("the status is final"));
        }
        TABLE.in(DRY_RUN).anyOther(ignored("the status is final"));
        TABLE.complete();
    }

    private JobTable() {}

    /** @param state the restore so far; null if it is unknown */
    static Transition answer(@Nullable JobState state, RestoreEvent event) {
        return TABLE.answer(state == null ? UNKNOWN : state.status().name(), Case.of(state, event));
    }
}
