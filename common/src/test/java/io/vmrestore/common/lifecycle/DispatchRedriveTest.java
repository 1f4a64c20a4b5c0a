package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.lifecycle.DispatchStepsTest.volumeAtWork;
import static io.vmrestore.common.lifecycle.Events.T0;
import static io.vmrestore.common.lifecycle.Events.begun;
import static io.vmrestore.common.lifecycle.Events.broken;
import static io.vmrestore.common.lifecycle.Events.cancel;
import static io.vmrestore.common.lifecycle.Events.done;
import static io.vmrestore.common.lifecycle.Events.execute;
import static io.vmrestore.common.lifecycle.Events.interrupted;
import static io.vmrestore.common.lifecycle.Events.planned;
import static io.vmrestore.common.lifecycle.Events.progressed;
import static io.vmrestore.common.lifecycle.Events.requested;
import static io.vmrestore.common.lifecycle.Events.running;
import static io.vmrestore.common.lifecycle.Events.volume;
import static io.vmrestore.common.lifecycle.Story.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an operator can do about a restore that does not get on. */
class DispatchRedriveTest {
    private static final String NEWS = "it asks for what is outstanding";

    private static RedriveRequested redrive() {
        return new RedriveRequested(Events.JOB, Events.VM, T0.plusSeconds(60), new UUID(0, 7), "carol");
    }

    @Test
    void everyCommandWithoutAnAnswerIsSentAgainHoweverFarItsStepIs() {
        given(requested(), planned(), execute(), running(), done(1), done(2), begun(3), progressed(3), done(4))
                .when(redrive())
                .thenIgnored(NEWS)
                .thenEvents()
                .thenCommands("create_volume 3/1", "create_port 5/1");
    }

    @Test
    void thePlanIsAskedForAgain() {
        given(requested()).when(redrive()).thenIgnored(NEWS).thenCommands("plan");
    }

    @Test
    void anAdmissionThatWasNotHeardIsAnnouncedAgain() {
        given(requested(), planned(), execute())
                .when(redrive())
                .thenIgnored(NEWS)
                .thenCommands()
                .thenEvents(running());
    }

    @Test
    void aRollbackThatIsDueIsAnnouncedAgain() {
        Story story = volumeAtWork().and(done(4), done(5), cancel());
        story.when(redrive()).thenIgnored(NEWS).thenEvents().thenCommands("create_volume 3/1", "stop");
        story.when(done(3));
        Decision due = Dispatch.outstanding(new DispatchPolicy(false, true), story.state(), List.of());
        story.when(redrive()).thenEvents(due.events().toArray(RestoreEvent[]::new));
        assertThat(due.events()).isNotEmpty();
    }

    @Test
    void theRestoreItselfDoesNotChange() {
        Story story = volumeAtWork();
        JobState before = story.state();
        assertThat(story.when(redrive()).state()).isEqualTo(before);
    }

    @Test
    void nothingFollowsForARestoreThatHasEnded() {
        given(requested(), planned(), execute(), running(), broken(1), done(2), Events.ended())
                .when(redrive())
                .thenIgnored("the job has ended FAILED")
                .thenNothing();
    }

    @Test
    void aRestoreThatIsGivenUpNamesWhatItMadeAndWhoGaveItUp() {
        RestoreInterrupted given = new RestoreInterrupted(
                Events.JOB, Events.VM, T0.plusSeconds(60), "the hypervisor is being replaced", "carol");
        Story story = volumeAtWork().and(progressed(3)).when(given).thenEvents().thenCommands("stop");
        assertThat(story.thenStatus(JobStatus.INTERRUPTED).state().leftovers()).contains(volume());
        assertThat(story.state().interruption())
                .isEqualTo(new JobState.Interruption("carol", "the hypervisor is being replaced", T0.plusSeconds(60)));
    }

    @Test
    void whereNoPersonGaveItUpTheSystemDid() {
        assertThat(volumeAtWork().and(interrupted()).state().interruption())
                .isEqualTo(new JobState.Interruption(Overdue.SYSTEM, "No sign of life", T0));
    }
}
