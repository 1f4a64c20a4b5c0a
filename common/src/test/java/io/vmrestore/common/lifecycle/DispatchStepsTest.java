package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.lifecycle.Events.T0;
import static io.vmrestore.common.lifecycle.Events.begun;
import static io.vmrestore.common.lifecycle.Events.cancel;
import static io.vmrestore.common.lifecycle.Events.completed;
import static io.vmrestore.common.lifecycle.Events.done;
import static io.vmrestore.common.lifecycle.Events.execute;
import static io.vmrestore.common.lifecycle.Events.failed;
import static io.vmrestore.common.lifecycle.Events.planned;
import static io.vmrestore.common.lifecycle.Events.progressed;
import static io.vmrestore.common.lifecycle.Events.requested;
import static io.vmrestore.common.lifecycle.Events.running;
import static io.vmrestore.common.lifecycle.Events.step;
import static io.vmrestore.common.lifecycle.Story.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.StepTask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The steps of a restore on its good way, with retries and repeats. */
class DispatchStepsTest {

    @Test
    void stepsBeginWhenAllTheyDependOnIsCompleted() {
        started()
                .when(done(1))
                .thenNothing()
                .when(done(2))
                .thenCommands("create_volume 3/1", "create_port 4/1", "create_port 5/1")
                .when(done(4))
                .thenNothing()
                .when(done(3))
                .thenNothing()
                .when(done(5))
                .thenCommands("create_server 6/1")
                .when(done(6))
                .thenCommands("wait_active 7/1")
                .when(done(7))
                .thenCommands("finalize 8/1")
                .when(done(8))
                .thenCommands()
                .thenEvents(completed())
                .thenStatus(JobStatus.RUNNING)
                .when(completed())
                .thenNothing()
                .thenStatus(JobStatus.COMPLETED);
    }

    @Test
    void aCommandCarriesWhatItsStepNeedsAndNoMore() {
        Plan plan = Plans.ofNew(2);
        Story story = given(requested(), planned(), execute()).when(running());
        assertThat(story.command(1).task()).isEqualTo(new StepTask.Validate(plan.withoutUserData()));
        assertThat(story.command(2).task()).isEqualTo(new StepTask.CheckQuota(plan.quota()));
        story.when(done(1)).when(done(2));
        assertThat(story.command(3).task())
                .isEqualTo(new StepTask.CreateVolume(
                        "restored-web",
                        Events.VM,
                        plan.restorePoint(),
                        plan.server().bootVolume(),
                        plan.carried()));
        assertThat(story.command(5).task())
                .isEqualTo(new StepTask.CreatePort("web-restored", plan.nics().get(1), IpStrategy.NEW_IPS, null, null));
        story.when(done(5)).when(done(4)).when(done(3));
        assertThat(story.command(6).task())
                .isEqualTo(new StepTask.CreateServer(
                        "web-restored",
                        plan.server(),
                        plan.restorePoint(),
                        "volume-3",
                        List.of("port-4", "port-5"),
                        plan.carried(),
                        Plans.USER_DATA));
        story.when(done(6));
        assertThat(story.command(7).task())
                .isEqualTo(new StepTask.WaitActive("server-6", Events.step(6, 1).requestId()));
        story.when(done(7));
        assertThat(story.command(8).task())
                .isEqualTo(new StepTask.Finalize(
                        plan.withoutUserData(), "server-6", "volume-3", List.of("port-4", "port-5")));
    }

    @Test
    void aCommandHasADeadlineThatDependsOnTheEventAlone() {
        RunStep validate =
                given(requested(), planned(), execute()).when(running()).command(1);
        assertThat(validate.notBefore()).isEqualTo(T0);
        assertThat(validate.deadline()).isEqualTo(T0.plus(Action.VALIDATE.timeout()));
        assertThat(validate.id()).isEqualTo(Events.JOB + "/1/1");
    }

    @Test
    void aRetryIsANewAttemptAfterAPause() {
        Story story = volumeAtWork().when(failed(3, 1)).thenEvents().thenCommands("create_volume 3/2");
        assertThat(story.command(3).notBefore()).isEqualTo(T0.plusSeconds(1));
        story.when(failed(3, 2)).thenCommands("create_volume 3/3");
        assertThat(story.command(3).notBefore()).isEqualTo(T0.plusSeconds(2));
        assertThat(story.state().failure()).isNull();
        assertThat(story.state().step(3).orElseThrow().error()).isEqualTo(Events.REFUSED);
        story.when(done(step(3, 3))).thenNothing();
        assertThat(story.state().step(3).orElseThrow().error()).isNull();
    }

    @Test
    void pausesGrowNoLongerThanHalfAMinute() {
        Plan plan = Plans.ofNew(2);
        List<PlanStep> many = plan.steps().stream()
                .map(step -> new PlanStep(step.stepOrder(), step.action(), step.dependsOn(), step.nic(), null, 100, 60))
                .toList();
        Story story = given(requested(), planned(Plans.withSteps(2, many)), execute(), running());
        for (int attempt = 1; attempt < 90; attempt++) {
            story.when(failed(1, attempt));
            long pause = story.command(1).notBefore().getEpochSecond() - T0.getEpochSecond();
            assertThat(pause).isEqualTo(attempt < 6 ? 1L << (attempt - 1) : 30);
        }
    }

    @Test
    void signsOfLifeAskForNothing() {
        Story story =
                volumeAtWork().when(begun(3)).thenNothing().when(progressed(3)).thenNothing();
        StepState volume = story.state().step(3).orElseThrow();
        assertThat(volume.requestId()).isEqualTo(step(3, 1).requestId());
        assertThat(volume.resources()).containsExactly(Events.volume());
        assertThat(volume.detail()).containsExactlyEntriesOf(Map.of("status", "creating"));
        story.when(begun(3)).thenIgnored("the attempt has begun").thenNothing();
        story.when(progressed(3)).thenIgnored("no news").thenNothing();
        story.when(done(3))
                .when(progressed(3))
                .thenIgnored("the step has ended COMPLETED")
                .thenNothing();
        story.when(begun(3)).thenIgnored("the step has ended COMPLETED").thenNothing();
    }

    @Test
    void aRepeatedAnswerRepeatsExactlyWhatIsOutstanding() {
        volumeAtWork()
                .when(done(4))
                .when(done(1))
                .thenIgnored("the step has ended COMPLETED")
                .thenEvents()
                .thenCommands("create_volume 3/1", "create_port 5/1")
                .when(failed(3, 1))
                .when(failed(3, 1))
                .thenIgnored("a late answer of attempt 1")
                .thenCommands("create_volume 3/2", "create_port 5/1");
    }

    @Test
    void aRepeatedLastAnswerRepeatsTheEnd() {
        allDone().when(done(8)).thenIgnored("the step has ended COMPLETED").thenEvents(completed());
    }

    @Test
    void lateAnswersOfAnOldAttemptChangeNothing() {
        Story story = volumeAtWork().when(progressed(3)).when(failed(3, 1));
        story.when(done(3)).thenIgnored("a late answer of attempt 1");
        assertThat(story.state().step(3).orElseThrow().attempt()).isEqualTo(2);
        story.when(progressed(3)).thenIgnored("a late answer of attempt 1").thenNothing();
    }

    @Test
    void answersToWhatWasNeverCommandedAreIllegal() {
        started().when(done(6)).thenIllegal("attempt 1 of step 6 was never commanded");
        started().when(failed(1, 2)).thenIllegal("attempt 2 of step 1 was never commanded");
        started().when(done(step(9, Action.FINALIZE, 1))).thenIllegal("the job has no step 9");
        started().when(done(step(1, Action.FINALIZE, 1))).thenIllegal("step 1 is validate, not finalize");
        given(requested(), planned()).when(done(1)).thenIllegal("the job is PLANNED and has commanded no step");
    }

    @Test
    void anAnswerThatLacksWhatLaterStepsNeedIsIllegal() {
        volumeAtWork().when(empty(3)).thenIllegal("step 3 is completed without the volume it made");
        volumeAtWork().when(empty(4)).thenIllegal("step 4 is completed without the port it made");
        serverAtWork().when(empty(6)).thenIllegal("step 6 is completed without the server it made");
        serverAtWork()
                .and(done(6), done(7))
                .when(new StepCompleted(step(8, 1), T0, List.of(), Map.of(), null))
                .thenIllegal("step 8 is completed without the result");
    }

    @Test
    void whatAnAttemptToldBeforeItsEndCounts() {
        volumeAtWork().and(progressed(3)).when(empty(3)).thenNothing();
        Story story = volumeAtWork()
                .when(new StepFailed(step(3, 1), T0, Events.REFUSED, true, List.of(Events.volume()), Map.of()))
                .when(new StepCompleted(step(3, 2), T0, List.of(), Map.of(), null))
                .thenNothing();
        assertThat(story.state().step(3).orElseThrow().resources()).containsExactly(Events.volume());
    }

    @Test
    void aTerminalStatusAbsorbsEverything() {
        Story story = allDone().and(completed());
        story.when(done(8)).thenIgnored("the job has ended COMPLETED").thenNothing();
        story.when(cancel()).thenIgnored("the job has ended COMPLETED").thenNothing();
        story.when(execute()).thenIgnored("the job has ended COMPLETED").thenNothing();
        story.when(requested()).thenIgnored("the job has ended COMPLETED").thenNothing();
    }

    @Test
    void aRestoreIsNotCompletedWhileAStepIsNot() {
        serverAtWork().when(completed()).thenIllegal("not every step is completed");
    }

    static Story started() {
        return given(requested(), planned(), execute(), running());
    }

    static Story volumeAtWork() {
        return started().and(done(1), done(2));
    }

    static Story serverAtWork() {
        return volumeAtWork().and(done(3), done(4), done(5));
    }

    private static Story allDone() {
        return serverAtWork().and(done(6), done(7), done(8));
    }

    private static StepCompleted empty(int order) {
        return new StepCompleted(step(order, 1), T0, List.of(), Map.of(), null);
    }
}
