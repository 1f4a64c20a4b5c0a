package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.lifecycle.DispatchStepsTest.serverAtWork;
import static io.vmrestore.common.lifecycle.DispatchStepsTest.started;
import static io.vmrestore.common.lifecycle.DispatchStepsTest.volumeAtWork;
import static io.vmrestore.common.lifecycle.Events.T0;
import static io.vmrestore.common.lifecycle.Events.broken;
import static io.vmrestore.common.lifecycle.Events.cancel;
import static io.vmrestore.common.lifecycle.Events.cancelled;
import static io.vmrestore.common.lifecycle.Events.done;
import static io.vmrestore.common.lifecycle.Events.ended;
import static io.vmrestore.common.lifecycle.Events.execute;
import static io.vmrestore.common.lifecycle.Events.failed;
import static io.vmrestore.common.lifecycle.Events.planned;
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
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.StepTask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What follows when a step fails for good. */
class DispatchRollbackTest {
    private static final PlanStep UNDO_SERVER = PlanStep.undoing(9, Action.ROLLBACK_SERVER, List.of(), 6);
    private static final PlanStep UNDO_PORT_5 = PlanStep.undoing(10, Action.ROLLBACK_PORT, List.of(9), 5);
    private static final PlanStep UNDO_PORT_4 = PlanStep.undoing(11, Action.ROLLBACK_PORT, List.of(10), 4);
    private static final PlanStep UNDO_VOLUME = PlanStep.undoing(12, Action.ROLLBACK_VOLUME, List.of(11), 3);

    @Test
    void aStepThatFailsForGoodSkipsTheRestAndStartsTheRollbackInReverseOrder() {
        serverAtWork()
                .when(broken(6))
                .thenCommands()
                .thenEvents(skipped(7), skipped(8), rollback(UNDO_SERVER, UNDO_PORT_5, UNDO_PORT_4, UNDO_VOLUME))
                .when(skipped(7))
                .thenNothing()
                .when(skipped(8))
                .thenNothing()
                .when(rollback(UNDO_SERVER, UNDO_PORT_5, UNDO_PORT_4, UNDO_VOLUME))
                .thenCommands("rollback_server 9/1")
                .when(done(step(9, Action.ROLLBACK_SERVER, 1)))
                .thenCommands("rollback_port 10/1")
                .when(done(step(10, Action.ROLLBACK_PORT, 1)))
                .thenCommands("rollback_port 11/1")
                .when(done(step(11, Action.ROLLBACK_PORT, 1)))
                .thenCommands("rollback_volume 12/1")
                .when(done(step(12, Action.ROLLBACK_VOLUME, 1)))
                .thenEvents(ended())
                .when(ended())
                .thenNothing()
                .thenStatus(JobStatus.FAILED);
    }

    @Test
    void theLastAttemptThatFailsIsFinal() {
        volumeAtWork()
                .and(done(4), done(5))
                .when(failed(3, 1))
                .thenCommands("create_volume 3/2")
                .when(failed(3, 2))
                .thenCommands("create_volume 3/3")
                .when(failed(3, 3))
                .thenCommands()
                .thenEvents(
                        skipped(6),
                        skipped(7),
                        skipped(8),
                        rollback(
                                PlanStep.undoing(9, Action.ROLLBACK_PORT, List.of(), 5),
                                PlanStep.undoing(10, Action.ROLLBACK_PORT, List.of(9), 4),
                                PlanStep.undoing(11, Action.ROLLBACK_VOLUME, List.of(10), 3)));
    }

    @Test
    void stepsAtWorkAreAwaitedBeforeTheRollback() {
        volumeAtWork()
                .when(broken(4))
                .thenEvents()
                .thenCommands("stop")
                .when(done(5))
                .thenNothing()
                // Its work will be undone, so it is not tried again.
                .when(failed(3, 1))
                .thenCommands()
                .thenEvents(
                        skipped(6),
                        skipped(7),
                        skipped(8),
                        rollback(
                                PlanStep.undoing(9, Action.ROLLBACK_PORT, List.of(), 5),
                                PlanStep.undoing(10, Action.ROLLBACK_PORT, List.of(9), 4),
                                PlanStep.undoing(11, Action.ROLLBACK_VOLUME, List.of(10), 3)));
    }

    @Test
    void theFirstErrorIsTheOneThatCounts() {
        Failure second = Failure.of(FailureKind.QUOTA_EXCEEDED, "too many ports");
        Story story =
                volumeAtWork().when(broken(4)).when(new StepFailed(step(5, 1), T0, second, false, List.of(), Map.of()));
        assertThat(story.state().failure()).isEqualTo(Events.REFUSED);
        assertThat(story.state().step(5).orElseThrow().error()).isEqualTo(second);
    }

    @Test
    void theVolumeStaysUnlessTheOperatorWantsItRemoved() {
        volumeAtWork()
                .and(done(3), done(4))
                .withPolicy(false, false)
                .when(broken(5))
                .thenEvents(
                        skipped(6),
                        skipped(7),
                        skipped(8),
                        rollback(
                                PlanStep.undoing(9, Action.ROLLBACK_PORT, List.of(), 5),
                                PlanStep.undoing(10, Action.ROLLBACK_PORT, List.of(9), 4)))
                .and(
                        skipped(6),
                        skipped(7),
                        skipped(8),
                        rollback(PlanStep.undoing(9, Action.ROLLBACK_PORT, List.of(), 4)))
                .when(done(step(9, Action.ROLLBACK_PORT, 1)))
                .thenEvents(ended(volume()));
    }

    @Test
    void whereNothingCanHaveBeenMadeNothingIsRolledBack() {
        started()
                .and(done(2))
                .when(broken(1))
                .thenEvents(skipped(3), skipped(4), skipped(5), skipped(6), skipped(7), skipped(8), ended())
                .and(skipped(3))
                .when(ended())
                .thenNothing()
                .thenStatus(JobStatus.FAILED);
    }

    @Test
    void aRollbackStepKnowsWhatItRemovesOrByWhichMarkToFindIt() {
        Story story = serverAtWork()
                .and(broken(6), skipped(7), skipped(8))
                .when(rollback(UNDO_SERVER, UNDO_PORT_5, UNDO_PORT_4, UNDO_VOLUME));
        // The server's create call failed ambiguously: no id is known, the server may exist all the same.
        assertThat(story.command(9).task())
                .isEqualTo(new StepTask.RollbackServer(null, Events.JOB + "/6", Plans.KEY_FINGERPRINT));
        story.when(done(step(9, Action.ROLLBACK_SERVER, 1)));
        assertThat(story.command(10).task()).isEqualTo(new StepTask.RollbackPort("port-5", Events.JOB + "/5"));
        story.when(done(step(10, Action.ROLLBACK_PORT, 1))).when(done(step(11, Action.ROLLBACK_PORT, 1)));
        assertThat(story.command(12).task()).isEqualTo(new StepTask.RollbackVolume("volume-3", Events.JOB + "/3"));
    }

    @Test
    void aRollbackStepThatFailsIsTriedAgainAndLeavesTheOthersTheirTurn() {
        Story story = serverAtWork()
                .and(broken(6), skipped(7), skipped(8), rollback(UNDO_SERVER, UNDO_PORT_5))
                .when(failed(step(9, Action.ROLLBACK_SERVER, 1), true))
                .thenCommands("rollback_server 9/2");
        Resource found = new Resource(ResourceType.SERVER, "server-x", "web-restored");
        Failure stuck = Failure.of(FailureKind.CLOUD_TIMEOUT, "the server does not go away");
        story.when(new StepFailed(step(9, Action.ROLLBACK_SERVER, 2), T0, stuck, false, List.of(found), Map.of()))
                .thenCommands("rollback_port 10/1")
                .when(done(step(10, Action.ROLLBACK_PORT, 1)))
                .thenEvents(ended(volume(), new Resource(ResourceType.PORT, "port-4", "new"), found));
        assertThat(story.state().failure()).isEqualTo(Events.REFUSED);
    }

    @Test
    void repeatsDuringTheEndRepeatWhatIsOutstanding() {
        serverAtWork()
                .and(broken(6), skipped(7))
                .when(broken(6))
                .thenIgnored("the step has ended FAILED")
                .thenEvents(skipped(8), rollback(UNDO_SERVER, UNDO_PORT_5, UNDO_PORT_4, UNDO_VOLUME))
                .when(skipped(7))
                .thenIgnored("the step is skipped")
                .and(skipped(8), rollback(UNDO_SERVER, UNDO_PORT_5, UNDO_PORT_4, UNDO_VOLUME))
                .when(rollback(UNDO_SERVER))
                .thenIgnored("the rollback has begun")
                .thenCommands("rollback_server 9/1");
    }

    @Test
    void endsAndRollbacksThatNothingLedToAreIllegal() {
        serverAtWork().when(rollback(UNDO_SERVER)).thenIllegal("nothing has failed and nobody has cancelled");
        serverAtWork().and(cancel()).when(rollback(UNDO_SERVER)).thenIllegal("steps are still at work");
        serverAtWork().when(ended()).thenIllegal("no step has failed, or steps are still at work");
        serverAtWork().when(cancelled()).thenIllegal("nobody has cancelled, or steps are still at work");
        serverAtWork().when(skipped(7)).thenIllegal("step 7 was commanded and cannot be skipped");
        serverAtWork().and(cancel()).when(skipped(6)).thenIllegal("step 6 was commanded and cannot be skipped");
        serverAtWork().and(cancel()).when(skipped(99)).thenIllegal("the job has no step 99");
    }

    @Test
    void theRollbackFollowsTheStepsOrdersHoweverThePlanListsThem() {
        RollbackStarted announced = rollback(
                PlanStep.undoing(9, Action.ROLLBACK_PORT, List.of(), 5),
                PlanStep.undoing(10, Action.ROLLBACK_PORT, List.of(9), 4),
                PlanStep.undoing(11, Action.ROLLBACK_VOLUME, List.of(10), 3));
        List<PlanStep> listed = List.of(
                PlanStep.of(1, Action.VALIDATE, List.of(), null),
                PlanStep.of(2, Action.CHECK_QUOTA, List.of(), null),
                PlanStep.of(5, Action.CREATE_PORT, List.of(1, 2), 1),
                PlanStep.of(3, Action.CREATE_VOLUME, List.of(1, 2), null),
                PlanStep.of(4, Action.CREATE_PORT, List.of(1, 2), 0),
                PlanStep.of(6, Action.CREATE_SERVER, List.of(3, 4, 5), null),
                PlanStep.of(7, Action.WAIT_ACTIVE, List.of(6), null),
                PlanStep.of(8, Action.FINALIZE, List.of(7), null));
        given(requested(), planned(Plans.withSteps(2, listed)), execute(), Events.running())
                .and(done(1), done(2), done(3), done(4))
                .when(broken(5))
                .thenEvents(skipped(6), skipped(7), skipped(8), announced);
    }
}
