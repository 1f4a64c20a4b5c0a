package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.lifecycle.Events.T0;
import static io.vmrestore.common.lifecycle.Events.cancel;
import static io.vmrestore.common.lifecycle.Events.ended;
import static io.vmrestore.common.lifecycle.Events.execute;
import static io.vmrestore.common.lifecycle.Events.failed;
import static io.vmrestore.common.lifecycle.Events.interrupted;
import static io.vmrestore.common.lifecycle.Events.planned;
import static io.vmrestore.common.lifecycle.Events.requested;
import static io.vmrestore.common.lifecycle.Events.rollback;
import static io.vmrestore.common.lifecycle.Events.running;
import static io.vmrestore.common.lifecycle.Events.skipped;
import static io.vmrestore.common.lifecycle.Events.step;
import static io.vmrestore.common.lifecycle.Events.volume;
import static io.vmrestore.common.lifecycle.Story.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepTask;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A restore in place of the original: everything harmless first, and no way back afterwards. */
class DispatchReplaceTest {
    private static final UUID OTHER = UUID.fromString("00000000-0000-0000-0000-00000000000c");
    private static final Resource OLD_VOLUME = new Resource(ResourceType.VOLUME, "volume-old", "the original's disk");

    @Test
    void theOriginalIsDeletedOnlyWhenItsVolumeIsReadyAndBeforeItsPortsAreMadeAgain() {
        Story story = replacing(Plans.ofReplace(2))
                .and(done(1, Action.VALIDATE))
                .when(done(2, Action.CHECK_QUOTA))
                .thenCommands("create_volume 3/1");
        assertThat(story.command(3).waitsWithoutEnd()).isFalse();
        story.when(done(3, Action.CREATE_VOLUME)).thenCommands("delete_server 4/1");
        assertThat(story.command(4).task())
                .isEqualTo(new StepTask.DeleteServer(
                        Plans.ofReplace(2).server(),
                        Plans.ofReplace(2).nics(),
                        Plans.ofReplace(2).ipStrategy(),
                        Plans.ofReplace(2)));
        assertThat(story.command(4).waitsWithoutEnd())
                .as("from here on an outage is waited for without end")
                .isTrue();
        story.when(done(4, Action.DELETE_SERVER)).thenCommands("create_port 5/1", "create_port 6/1");
        assertThat(story.command(5).waitsWithoutEnd()).isTrue();
        assertThat(story.command(5).task())
                .isInstanceOfSatisfying(
                        StepTask.CreatePort.class,
                        task -> assertThat(task.replacedServerId()).isEqualTo(Events.VM));
    }

    @Test
    void nobodyCanCancelOnceTheOriginalIsAskedToGo() {
        replacing(Plans.ofReplace(0))
                .and(done(1, Action.VALIDATE), done(2, Action.CHECK_QUOTA))
                .when(cancel())
                .thenEvents()
                .thenCommands("stop");
        deleting()
                .when(cancel())
                .thenIgnored("the original VM is being deleted: there is no way back")
                .thenCommands("delete_server 4/1");
    }

    @Test
    void aFailureBeforeTheDeletionIsRolledBackLikeAnyOther() {
        replacing(Plans.ofReplace(0))
                .and(done(1, Action.VALIDATE), done(2, Action.CHECK_QUOTA))
                .when(failed(step(3, Action.CREATE_VOLUME, 1), false))
                .thenEvents(
                        skipped(4),
                        skipped(5),
                        skipped(6),
                        skipped(7),
                        rollback(PlanStep.undoing(8, Action.ROLLBACK_VOLUME, List.of(), 3)));
    }

    @Test
    void aFailureAfterTheDeletionKeepsVolumeAndPortsAndRemovesTheServerThatHoldsThem() {
        deleting()
                .and(done(4, Action.DELETE_SERVER), done(5, Action.CREATE_PORT), done(6, Action.CREATE_SERVER))
                .when(failed(step(7, Action.WAIT_ACTIVE, 1), false))
                .thenEvents(skipped(8), rollback(PlanStep.undoing(9, Action.ROLLBACK_SERVER, List.of(), 6)))
                .and(skipped(8), rollback(PlanStep.undoing(9, Action.ROLLBACK_SERVER, List.of(), 6)))
                .when(Events.done(step(9, Action.ROLLBACK_SERVER, 1)))
                .thenEvents(ended(volume(), new Resource(ResourceType.PORT, "port-5", "new")));
    }

    @Test
    void aDeletionThatFailsEndsWithTheVolumeLeft() {
        deleting()
                .when(failed(step(4, Action.DELETE_SERVER, 1), false))
                .thenEvents(skipped(5), skipped(6), skipped(7), skipped(8), ended(volume()));
    }

    @Test
    void whatStaysOfTheOriginalIsNamedAtTheEnd() {
        Story story = deleting()
                .and(
                        new StepCompleted(step(4, Action.DELETE_SERVER, 1), T0, List.of(OLD_VOLUME), Map.of(), null),
                        done(5, Action.CREATE_PORT),
                        done(6, Action.CREATE_SERVER),
                        done(7, Action.WAIT_ACTIVE),
                        done(8, Action.FINALIZE))
                .when(Events.completed())
                .thenStatus(JobStatus.COMPLETED);
        assertThat(story.state().leftovers()).containsExactly(OLD_VOLUME);
    }

    @Test
    void plansForTheReplacedVmExpireWhenItIsGone() {
        JobState waiting = given(
                        requested(OTHER, RestoreMode.NEW), new PlanCreated(OTHER, Events.VM, T0, Plans.ofNew(0)))
                .state();
        CancellationRequested expired = new CancellationRequested(
                OTHER,
                Events.VM,
                T0,
                "system",
                "Restore " + Events.JOB + " has deleted the VM that the plan is for",
                null);
        Story story = deleting()
                .and(
                        done(4, Action.DELETE_SERVER),
                        done(5, Action.CREATE_PORT),
                        done(6, Action.CREATE_SERVER),
                        done(7, Action.WAIT_ACTIVE),
                        done(8, Action.FINALIZE))
                .beside(waiting)
                .when(Events.completed())
                .thenEvents(expired)
                .when(Events.completed())
                .thenEvents(expired);
        story.beside().when(Events.completed()).thenNothing();
        deleting().beside(waiting).when(interrupted()).thenEvents().thenCommands("stop");
    }

    @Test
    void aRestoreInPlaceRunsAlone() {
        JobState rival = given(
                        requested(OTHER, RestoreMode.REPLACE),
                        new PlanCreated(OTHER, Events.VM, T0, Plans.ofReplace(0)),
                        new ExecutionRequested(OTHER, Events.VM, T0, OTHER, "bob"),
                        new RestoreStarted(OTHER, Events.VM, T0, OTHER))
                .state();
        given(requested(), planned())
                .beside(rival)
                .when(execute())
                .thenEvents(Events.executionRefused("VM vm-1 is busy with restore " + OTHER));
    }

    @Test
    void aPlanThatDeletesTooEarlyIsRefused() {
        List<PlanStep> early = Plans.ofReplace(0).steps().stream()
                .map(step -> step.action() == Action.DELETE_SERVER
                        ? PlanStep.of(4, Action.DELETE_SERVER, List.of(1, 2), null)
                        : step)
                .toList();
        assertThat(PlanCheck.problem(Plans.replacing(0, early)))
                .contains("step 4 (delete_server) does not wait for what it needs");
        assertThat(PlanCheck.problem(Plans.replacing(0, Plans.ofNew(0).steps())))
                .contains("the plan must have exactly one step delete_server");
        assertThat(PlanCheck.problem(Plans.withSteps(0, Plans.ofReplace(0).steps())))
                .contains("a plan beside the original must not delete it");
        assertThat(PlanCheck.problem(Plans.ofReplace(2))).isEmpty();
    }

    private static Story replacing(Plan plan) {
        return given(requested(Events.JOB, RestoreMode.REPLACE), planned(plan), execute(), running());
    }

    /** With one interface, the volume ready and the deletion commanded. */
    private static Story deleting() {
        return replacing(Plans.ofReplace(1))
                .and(done(1, Action.VALIDATE), done(2, Action.CHECK_QUOTA), done(3, Action.CREATE_VOLUME));
    }

    private static RestoreEvent done(int order, Action action) {
        return Events.done(step(order, action, 1));
    }
}
