package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.lifecycle.DispatchStepsTest.serverAtWork;
import static io.vmrestore.common.lifecycle.DispatchStepsTest.volumeAtWork;
import static io.vmrestore.common.lifecycle.Events.T0;
import static io.vmrestore.common.lifecycle.Events.broken;
import static io.vmrestore.common.lifecycle.Events.cancel;
import static io.vmrestore.common.lifecycle.Events.cancelled;
import static io.vmrestore.common.lifecycle.Events.completed;
import static io.vmrestore.common.lifecycle.Events.done;
import static io.vmrestore.common.lifecycle.Events.execute;
import static io.vmrestore.common.lifecycle.Events.failed;
import static io.vmrestore.common.lifecycle.Events.interrupted;
import static io.vmrestore.common.lifecycle.Events.planned;
import static io.vmrestore.common.lifecycle.Events.progressed;
import static io.vmrestore.common.lifecycle.Events.requested;
import static io.vmrestore.common.lifecycle.Events.rollback;
import static io.vmrestore.common.lifecycle.Events.skipped;
import static io.vmrestore.common.lifecycle.Events.step;
import static io.vmrestore.common.lifecycle.Events.volume;
import static io.vmrestore.common.lifecycle.Story.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What follows when someone cancels, or a restore falls silent. */
class DispatchCancellationTest {
    private static final Duration PLAN_TTL = Duration.ofHours(2);
    private static final PlanStep UNDO_SERVER = PlanStep.undoing(9, Action.ROLLBACK_SERVER, List.of(), 6);

    @Test
    void aRunningRestoreIsCancelledWhenItsStepsHaveAnswered() {
        volumeAtWork()
                .and(done(4), done(5))
                .when(cancel())
                .thenEvents()
                .thenCommands("stop")
                .when(done(3))
                .thenCommands()
                .thenEvents(
                        skipped(6),
                        skipped(7),
                        skipped(8),
                        rollback(
                                PlanStep.undoing(9, Action.ROLLBACK_PORT, List.of(), 5),
                                PlanStep.undoing(10, Action.ROLLBACK_PORT, List.of(9), 4),
                                PlanStep.undoing(11, Action.ROLLBACK_VOLUME, List.of(10), 3)))
                .and(rollback(PlanStep.undoing(9, Action.ROLLBACK_VOLUME, List.of(), 3)))
                .when(done(step(9, Action.ROLLBACK_VOLUME, 1)))
                .thenEvents(cancelled(
                        new Resource(ResourceType.PORT, "port-4", "new"),
                        new Resource(ResourceType.PORT, "port-5", "new")))
                .when(cancelled())
                .thenStatus(JobStatus.CANCELLED);
    }

    @Test
    void aStepThatFailsWhileItsRestoreIsCancelledDoesNotMakeItFailed() {
        Story story = volumeAtWork().and(done(4), done(5), cancel()).when(failed(3, 1));
        assertThat(story.state().failure()).isNull();
        assertThat(story.state().step(3).orElseThrow().status()).isEqualTo(StepStatus.FAILED);
    }

    @Test
    void aStepThatIsStoppedByTheCancellationIsSkippedWithWhatItMade() {
        Resource made = new Resource(ResourceType.VOLUME, "volume-late", "new");
        StepFailed stopped = new StepFailed(
                step(3, 1), T0, Failure.of(FailureKind.STOPPED, "stopped"), false, List.of(made), Map.of());
        Story story = volumeAtWork().and(done(4), done(5), cancel()).when(stopped);
        story.thenEvents(
                skipped(3),
                skipped(6),
                skipped(7),
                skipped(8),
                rollback(
                        PlanStep.undoing(9, Action.ROLLBACK_PORT, List.of(), 5),
                        PlanStep.undoing(10, Action.ROLLBACK_PORT, List.of(9), 4),
                        PlanStep.undoing(11, Action.ROLLBACK_VOLUME, List.of(10), 3)));
        StepState step = story.when(skipped(3)).state().step(3).orElseThrow();
        assertThat(step.status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(step.attempt()).isEqualTo(1);
        assertThat(step.resources()).contains(made);
        assertThat(step.error()).isNull();
        story.when(skipped(3)).thenIgnored("the step is skipped");
        Resource late = new Resource(ResourceType.VOLUME, "volume-later", "new");
        story.when(new StepProgressed(step(3, 1), T0, List.of(late), Map.of()));
        assertThat(story.state().leftovers()).contains(late);
    }

    @Test
    void aStepThatFailsByItselfCannotBeSkippedAfterwards() {
        volumeAtWork()
                .and(cancel(), failed(3, 1))
                .when(skipped(3))
                .thenIllegal("step 3 was commanded and cannot be skipped");
    }

    @Test
    void aSecondCancellationOrOneAfterAFailureIsIgnored() {
        volumeAtWork().and(cancel()).when(cancel()).thenIgnored("the job is being stopped already");
        volumeAtWork().and(broken(3)).when(cancel()).thenIgnored("the job is being stopped already");
    }

    @Test
    void aCancellationThatComesAfterTheLastStepDoesNotUndoACompletedRestore() {
        serverAtWork()
                .and(done(6), done(7))
                .when(done(8))
                .thenEvents(completed())
                .and(cancel())
                .when(completed())
                .thenNothing()
                .thenStatus(JobStatus.COMPLETED)
                .when(rollback(UNDO_SERVER))
                .thenIgnored("the job has ended COMPLETED")
                .thenNothing();
    }

    @Test
    void aRestoreWithoutASignOfLifeIsInterrupted() {
        Duration staleAfter = Duration.ofMinutes(15);
        JobState job = volumeAtWork().and(progressed(3)).state();
        assertThat(Overdue.event(job, T0.plus(staleAfter), staleAfter, PLAN_TTL))
                .isEmpty();
        assertThat(Overdue.event(job, T0.plus(staleAfter).plusMillis(1), staleAfter, PLAN_TTL))
                .contains(new RestoreInterrupted(
                        Events.JOB,
                        Events.VM,
                        T0.plus(staleAfter).plusMillis(1),
                        "No sign of life since 2026-11-22T12:00:00Z, longer than PT15M",
                        null));
        Story story = volumeAtWork()
                .and(progressed(3))
                .when(interrupted())
                .thenEvents()
                .thenCommands("stop");
        assertThat(story.thenStatus(JobStatus.INTERRUPTED).state().leftovers()).containsExactly(volume());
        story.when(done(3))
                .thenIgnored("the job has ended INTERRUPTED")
                .thenEvents()
                .thenCommands("stop");
    }

    @Test
    void aPlanThatNobodyExecutesExpires() {
        Duration staleAfter = Duration.ofMinutes(15);
        Story story = given(requested(), planned());
        assertThat(Overdue.event(story.state(), T0.plus(PLAN_TTL), staleAfter, PLAN_TTL))
                .isEmpty();
        CancellationRequested expired = new CancellationRequested(
                Events.JOB,
                Events.VM,
                T0.plus(PLAN_TTL).plusMillis(1),
                "system",
                "The plan was not executed within PT2H",
                null);
        assertThat(Overdue.event(story.state(), T0.plus(PLAN_TTL).plusMillis(1), staleAfter, PLAN_TTL))
                .contains(expired);
        story.when(expired)
                .thenEvents(new RestoreCancelled(
                        Events.JOB, Events.VM, T0.plus(PLAN_TTL).plusMillis(1), List.of()))
                .when(execute())
                .thenIgnored("the job is being cancelled")
                .when(cancelled())
                .thenStatus(JobStatus.CANCELLED);
        assertThat(Overdue.event(
                        given(requested(), planned(), cancel()).state(),
                        T0.plus(PLAN_TTL).plusMillis(1),
                        staleAfter,
                        PLAN_TTL))
                .isEmpty();
    }

    @Test
    void whatHasEndedIsNeverOverdue() {
        assertThat(Overdue.event(
                        given(requested(), Events.planRejected()).state(),
                        T0.plus(Duration.ofDays(1)),
                        Duration.ofMinutes(15),
                        PLAN_TTL))
                .isEmpty();
    }

    @Test
    void whereRestoresShallNotOutliveARestartThoseAtWorkAreInterrupted() {
        RestoreInterrupted interrupted = new RestoreInterrupted(
                Events.JOB, Events.VM, T0, "The planner was started again while the restore was at work", null);
        assertThat(Overdue.atRestart(volumeAtWork().state(), T0)).contains(interrupted);
        assertThat(Overdue.atRestart(given(requested(), planned(), execute()).state(), T0))
                .contains(interrupted);
        assertThat(Overdue.atRestart(given(requested()).state(), T0)).isEmpty();
        assertThat(Overdue.atRestart(given(requested(), planned()).state(), T0)).isEmpty();
        assertThat(Overdue.atRestart(given(requested(), Events.planRejected()).state(), T0))
                .isEmpty();
    }
}
