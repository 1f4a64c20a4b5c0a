package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.lifecycle.Events.cancel;
import static io.vmrestore.common.lifecycle.Events.cancelled;
import static io.vmrestore.common.lifecycle.Events.dryRun;
import static io.vmrestore.common.lifecycle.Events.execute;
import static io.vmrestore.common.lifecycle.Events.executionRefused;
import static io.vmrestore.common.lifecycle.Events.planRejected;
import static io.vmrestore.common.lifecycle.Events.planned;
import static io.vmrestore.common.lifecycle.Events.requested;
import static io.vmrestore.common.lifecycle.Events.running;
import static io.vmrestore.common.lifecycle.Story.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreMode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From the request to the admitted execution. */
class DispatchAdmissionTest {
    private static final UUID RIVAL = UUID.fromString("00000000-0000-0000-0000-00000000000b");

    @Test
    void aRequestAsksForThePlan() {
        given().when(requested()).thenEvents().thenCommands("plan").thenStatus(JobStatus.PLANNING);
        Decision decision = Dispatch.outstanding(
                new DispatchPolicy(false, false), given(requested()).state(), List.of());
        assertThat(decision.commands())
                .containsExactly(new PlanRestore(
                        Events.JOB,
                        Events.VM,
                        "project-1",
                        "snapshot-1",
                        RestoreMode.NEW,
                        "web-restored",
                        IpStrategy.NEW_IPS,
                        Events.T0));
    }

    @Test
    void aRepeatedRequestAsksAgainUntilThePlanIsThere() {
        given(requested()).when(requested()).thenIgnored("the job is known").thenCommands("plan");
        given(requested(), planned())
                .when(requested())
                .thenIgnored("the job is known")
                .thenNothing();
    }

    @Test
    void aPlanWaitsForItsExecution() {
        given(requested()).when(planned()).thenNothing().thenStatus(JobStatus.PLANNED);
        given(requested(), planned())
                .when(planned())
                .thenIgnored("the job has its plan")
                .thenNothing();
    }

    @Test
    void aRejectedPlanEndsTheRestoreWithItsReason() {
        Story story = given(requested()).when(planRejected()).thenNothing().thenStatus(JobStatus.FAILED);
        assertThat(story.state().failure().kind()).isEqualTo(FailureKind.VM_NOT_FOUND);
        given(requested(), planned()).when(planRejected()).thenIgnored("the job has its plan");
    }

    @Test
    void anExecutionIsAdmittedAndBeginsWhenTheAdmissionIsReadBack() {
        given(requested(), planned())
                .when(execute())
                .thenEvents(running())
                .thenCommands()
                .thenStatus(JobStatus.PENDING)
                .when(running())
                .thenEvents()
                .thenCommands("validate 1/1", "check_quota 2/1")
                .thenStatus(JobStatus.RUNNING);
    }

    @Test
    void aRepeatedExecutionRequestRepeatsTheAnswerThatIsDue() {
        given(requested(), planned(), execute())
                .when(execute())
                .thenIgnored("the job is PENDING, not PLANNED")
                .thenEvents(running());
        given(requested(), planned(), execute(), running())
                .when(execute())
                .thenIgnored("the job is RUNNING, not PLANNED")
                .thenEvents()
                .thenCommands("validate 1/1", "check_quota 2/1");
    }

    @Test
    void anExecutionBeforeThePlanIsIgnored() {
        given(requested())
                .when(execute())
                .thenIgnored("the job is PLANNING, not PLANNED")
                .thenEvents(executionRefused("The plan is not ready"))
                .thenCommands("plan");
    }

    @Test
    void everyOtherRequestToExecuteIsRefused() {
        UUID second = new UUID(0, 77);
        ExecutionRequested other = new ExecutionRequested(Events.JOB, Events.VM, Events.T0, second, "bob");
        given(requested(), planned(), execute(), running())
                .when(other)
                .thenIgnored("the job is RUNNING, not PLANNED")
                .thenEvents(new ExecutionRefused(
                        Events.JOB,
                        Events.VM,
                        Events.T0,
                        second,
                        "The plan is executed already, by request " + execute().executionId()));
        given(requested(), planned(), cancel())
                .when(other)
                .thenIgnored("the job is being cancelled")
                .thenEvents(
                        new RestoreCancelled(Events.JOB, Events.VM, Events.T0, List.of()),
                        new ExecutionRefused(Events.JOB, Events.VM, Events.T0, second, "The job is cancelled"));
        given(requested(), planRejected())
                .when(other)
                .thenEvents(new ExecutionRefused(Events.JOB, Events.VM, Events.T0, second, "The job has ended FAILED"));
    }

    @Test
    void aPlanThatIsNotEligibleIsNotExecuted() {
        String reason = "The plan is not eligible: quota of instances; network is gone";
        given(requested(), planned(Plans.notEligible("quota of instances", "network is gone")))
                .when(execute())
                .thenEvents(executionRefused(reason))
                .when(executionRefused(reason))
                .thenNothing()
                .thenStatus(JobStatus.PLANNED)
                .when(execute())
                .thenIgnored("this request was refused")
                .thenNothing();
    }

    @Test
    void anotherRequestFollowsARefusedOne() {
        UUID second = UUID.fromString("00000000-0000-0000-0000-0000000000e2");
        given(requested(), planned(), execute(), executionRefused("busy"))
                .when(execute(second))
                .thenEvents(new RestoreStarted(Events.JOB, Events.VM, Events.T0, second));
    }

    @Test
    void aReplaceExcludesEveryOtherActiveRestoreOfItsVm() {
        String busy = "VM vm-1 is busy with restore " + RIVAL;
        for (JobState rival : List.of(rival(RestoreMode.REPLACE, false), rival(RestoreMode.REPLACE, true))) {
            given(requested(), planned()).beside(rival).when(execute()).thenEvents(executionRefused(busy));
        }
        given(requested(Events.JOB, RestoreMode.REPLACE), planned())
                .beside(rival(RestoreMode.NEW, true))
                .when(execute())
                .thenEvents(executionRefused(busy));
    }

    @Test
    void restoresBesideTheOriginalRunSideBySide() {
        given(requested(), planned())
                .beside(rival(RestoreMode.NEW, true))
                .when(execute())
                .thenEvents(running());
    }

    @Test
    void aReplaceThatIsOnlyPlannedExcludesNobody() {
        JobState planned =
                given(requested(RIVAL, RestoreMode.REPLACE), planOfRival()).state();
        given(requested(), planned()).beside(planned).when(execute()).thenEvents(running());
    }

    @Test
    void aDryRunExecutesNothing() {
        given(requested(), planned())
                .withPolicy(true, false)
                .when(execute())
                .thenEvents(dryRun())
                .thenCommands()
                .when(dryRun())
                .thenNothing()
                .thenStatus(JobStatus.DRY_RUN);
    }

    @Test
    void aPlannedRestoreIsCancelledAtOnce() {
        given(requested(), planned())
                .when(cancel())
                .thenEvents(cancelled())
                .thenStatus(JobStatus.PLANNED)
                .when(cancelled())
                .thenNothing()
                .thenStatus(JobStatus.CANCELLED);
        given(requested(), planned(), cancel())
                .when(execute())
                .thenIgnored("the job is being cancelled")
                .thenEvents(cancelled(), executionRefused("The job is cancelled"));
    }

    @Test
    void aCancellationWhileTheAdmissionIsOnItsWayCommandsNothing() {
        given(requested(), planned(), execute())
                .when(cancel())
                .thenEvents(cancelled())
                .when(running())
                .thenCommands()
                .when(cancelled())
                .thenNothing()
                .thenStatus(JobStatus.CANCELLED);
    }

    @Test
    void whatIsNotPlannedCannotBeCancelled() {
        given(requested()).when(cancel()).thenIgnored("the job has no plan yet").thenCommands("plan");
    }

    @Test
    void eventsOfAnUnknownRestoreAreIllegal() {
        given().when(planned()).thenIllegal("the job is unknown");
        given().when(running()).thenIllegal("the job is unknown");
    }

    @Test
    void answersToAnotherExecutionAreIgnored() {
        RestoreStarted stray = new RestoreStarted(Events.JOB, Events.VM, Events.T0, RIVAL);
        given(requested(), planned(), execute())
                .when(stray)
                .thenIgnored("the request is not pending")
                .thenEvents(running());
    }

    private static JobState rival(RestoreMode mode, boolean started) {
        Story story = given(
                requested(RIVAL, mode),
                planOfRival(),
                new ExecutionRequested(RIVAL, Events.VM, Events.T0, Events.EXECUTION, "dave"));
        return started
                ? story.and(new RestoreStarted(RIVAL, Events.VM, Events.T0, Events.EXECUTION))
                        .state()
                : story.state();
    }

    private static PlanCreated planOfRival() {
        return new PlanCreated(RIVAL, Events.VM, Events.T0, Plans.ofNew(1));
    }
}
