package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.lifecycle.DispatchStepsTest.serverAtWork;
import static io.vmrestore.common.lifecycle.DispatchStepsTest.started;
import static io.vmrestore.common.lifecycle.DispatchStepsTest.volumeAtWork;
import static io.vmrestore.common.lifecycle.Events.T0;
import static io.vmrestore.common.lifecycle.Events.begun;
import static io.vmrestore.common.lifecycle.Events.broken;
import static io.vmrestore.common.lifecycle.Events.cancel;
import static io.vmrestore.common.lifecycle.Events.cancelled;
import static io.vmrestore.common.lifecycle.Events.completed;
import static io.vmrestore.common.lifecycle.Events.done;
import static io.vmrestore.common.lifecycle.Events.ended;
import static io.vmrestore.common.lifecycle.Events.failed;
import static io.vmrestore.common.lifecycle.Events.interrupted;
import static io.vmrestore.common.lifecycle.Events.rollback;
import static io.vmrestore.common.lifecycle.Events.skipped;
import static io.vmrestore.common.lifecycle.Events.step;
import static io.vmrestore.common.lifecycle.Events.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that come too late decide nothing, but a resource that they are the first to name gets its name. */
class DispatchLateNamingTest {
    private static final Resource TWIN = new Resource(ResourceType.VOLUME, "volume-twin", "new");
    private static final Resource PORT_4 = new Resource(ResourceType.PORT, "port-4", "new");
    private static final Resource PORT_5 = new Resource(ResourceType.PORT, "port-5", "new");
    private static final PlanStep UNDO_VOLUME = PlanStep.undoing(9, Action.ROLLBACK_VOLUME, List.of(), 3);

    @Test
    void whatAnEndedRestoreIsToldOfIsLeft() {
        for (Story story : List.of(volumeAtWork(), volumeAtWork().and(begun(3)))) {
            story.and(interrupted());
            JobState before = story.state();

            story.when(done(3)).thenNothing().thenStatus(JobStatus.INTERRUPTED);

            JobState after = story.state();
            assertThat(after.leftovers()).containsExactly(volume());
            assertThat(after.step(3).orElseThrow().resources()).containsExactly(volume());
            assertThat(after.step(3).orElseThrow().status())
                    .isEqualTo(before.step(3).orElseThrow().status());
            assertThat(after.version()).isEqualTo(before.version() + 1);
            assertThat(after.completedAt()).isEqualTo(before.completedAt());
        }
    }

    @Test
    void everyKindOfAnswerNames() {
        for (RestoreEvent late : List.of(
                told(step(3, 1), volume()),
                new StepFailed(step(3, 1), T0, Events.REFUSED, true, List.of(volume()), Map.of()),
                done(3))) {
            Story story = volumeAtWork().and(interrupted()).when(late).thenNothing();
            assertThat(story.state().leftovers()).as(late.id()).containsExactly(volume());
        }
    }

    @Test
    void whatIsKnownIsNotNamedAgain() {
        Story story = volumeAtWork().and(interrupted(), done(3));
        story.when(done(3)).thenIgnored("the job has ended INTERRUPTED").thenEvents();
        story.when(told(step(3, 1), new Resource(ResourceType.VOLUME, "volume-3", "renamed")))
                .thenIgnored("the job has ended INTERRUPTED");
        story.when(begun(3)).thenIgnored("the job has ended INTERRUPTED");
        story.when(told(step(3, 1))).thenIgnored("the job has ended INTERRUPTED");
    }

    @Test
    void whatWasRolledBackIsNotLeftAgain() {
        Story story = volumeFailed()
                .and(told(step(9, Action.ROLLBACK_VOLUME, 1), TWIN), done(step(9, Action.ROLLBACK_VOLUME, 1)), ended());
        assertThat(story.state().leftovers()).isEmpty();
        story.when(told(step(3, 1), TWIN)).thenIgnored("the job has ended FAILED");
        story.when(told(step(9, Action.ROLLBACK_VOLUME, 1), new Resource(ResourceType.VOLUME, "volume-x", "new")))
                .thenIgnored("the job has ended FAILED");
    }

    @Test
    void whatIsMadeAfterTheRollbackIsLeft() {
        Story story = volumeFailed().and(done(step(9, Action.ROLLBACK_VOLUME, 1)), ended());
        story.when(told(step(3, 1), TWIN)).thenNothing().thenStatus(JobStatus.FAILED);
        assertThat(story.state().leftovers()).containsExactly(TWIN);
    }

    @Test
    void whatIsNamedBetweenTheRollbackAndItsEndIsLeft() {
        Story before = volumeFailed().and(done(step(9, Action.ROLLBACK_VOLUME, 1)));
        before.when(told(step(3, 1), TWIN)).thenNothing();
        // The end was published before dispatch knew of the twin.
        assertThat(before.and(ended()).state().leftovers()).containsExactly(TWIN);

        Story cancelled = volumeAtWork()
                .and(cancel(), done(3), done(4), done(5))
                .and(skipped(6), skipped(7), skipped(8))
                .and(rollback(UNDO_VOLUME), done(step(9, Action.ROLLBACK_VOLUME, 1)))
                .when(told(step(3, 1), TWIN))
                .thenNothing()
                .and(cancelled(PORT_4, PORT_5));
        assertThat(cancelled.state().leftovers()).containsExactly(PORT_4, PORT_5, TWIN);
    }

    @Test
    void whatTheRollbackFindsAndRemovesIsNotLeft() {
        Story story = volumeFailed();
        story.when(told(step(3, 1), TWIN)).thenNothing();
        assertThat(story.state().leftovers()).containsExactly(TWIN);

        story.when(new StepCompleted(step(9, Action.ROLLBACK_VOLUME, 1), T0, List.of(TWIN), Map.of(), null))
                .thenStatus(JobStatus.RUNNING)
                .and(ended());
        assertThat(story.state().leftovers()).isEmpty();
    }

    @Test
    void theRollbackIsToldOfWhatWasNamedLate() {
        Story story = volumeAtWork()
                .and(done(4), done(5), failed(3, 1), failed(3, 2), failed(3, 3))
                .and(skipped(6), skipped(7), skipped(8))
                .when(told(step(3, 1), TWIN))
                .thenNothing()
                .when(rollback(UNDO_VOLUME));
        assertThat(story.command(9).task()).isEqualTo(new StepTask.RollbackVolume("volume-twin", Events.JOB + "/3"));
    }

    @Test
    void laterStepsGoOnWithWhatTheLastAttemptNames() {
        Story story = volumeAtWork()
                .and(done(4), done(5), failed(3, 1))
                .and(told(step(3, 2), volume()))
                .when(done(3))
                .thenIgnored("a late answer of attempt 1")
                .when(told(step(3, 1), TWIN))
                .thenNothing()
                .when(done(step(3, 2)));
        assertThat(story.command(6).task())
                .isInstanceOfSatisfying(
                        StepTask.CreateServer.class,
                        task -> assertThat(task.volumeId()).isEqualTo("volume-3"));
    }

    @Test
    void anAdoptedTwinIsWhatLaterStepsGoOnWith() {
        Story story = volumeAtWork()
                .and(done(4), done(5), told(step(3, 1), TWIN), told(step(3, 1), volume()))
                .when(new StepCompleted(step(3, 1), T0, List.of(TWIN), Map.of(), null));
        assertThat(story.command(6).task())
                .isInstanceOfSatisfying(
                        StepTask.CreateServer.class,
                        task -> assertThat(task.volumeId()).isEqualTo("volume-twin"));
    }

    @Test
    void aCompletedRestoreNamesWhatItDoesNotUse() {
        Story story = serverAtWork().and(done(6), done(7));
        story.when(told(step(3, 1), TWIN)).thenNothing().and(done(8), completed());
        assertThat(story.state().leftovers()).containsExactly(TWIN);
        story.when(told(step(4, 1), new Resource(ResourceType.PORT, "port-twin", "new")))
                .thenNothing()
                .thenStatus(JobStatus.COMPLETED);
        assertThat(story.state().leftovers())
                .containsExactlyInAnyOrder(TWIN, new Resource(ResourceType.PORT, "port-twin", "new"));
        assertThat(story.state().result()).isEqualTo(Events.RESULT);
    }

    @Test
    void whatALaterAttemptAdoptsOrFinalizeRemovesIsNotLeft() {
        Story adopted = volumeAtWork().and(done(4), done(5), failed(3, 1));
        adopted.when(done(3)).thenNothing();
        assertThat(adopted.state().leftovers()).containsExactly(volume());
        adopted.and(done(step(3, 2)));
        assertThat(adopted.state().leftovers()).isEmpty();

        Story removed = serverAtWork()
                .and(done(6), done(7), told(step(3, 1), TWIN))
                .and(new StepCompleted(step(8, 1), T0, List.of(TWIN), Map.of(), Events.RESULT), completed());
        assertThat(removed.state().leftovers()).isEmpty();
    }

    @Test
    void aRestoreThatIsInterruptedKeepsWhatWasNamedLate() {
        Story story =
                volumeFailed().and(done(step(9, Action.ROLLBACK_VOLUME, 1)), told(step(3, 1), TWIN), interrupted());
        assertThat(story.state().leftovers()).containsExactly(PORT_4, PORT_5, TWIN);
    }

    @Test
    void aLateRollbackNamesOnlyWhatItDidNotRemove() {
        StepAddress undo = step(9, Action.ROLLBACK_VOLUME, 1);
        Story story = volumeFailed().and(interrupted());
        story.when(new StepCompleted(undo, T0, List.of(TWIN), Map.of(), null))
                .thenIgnored("the job has ended INTERRUPTED");
        story.when(told(undo, TWIN)).thenNothing();
        assertThat(story.state().leftovers()).containsExactly(TWIN, PORT_4, PORT_5);

        Story again =
                volumeFailed().and(failed(undo, true)).when(told(undo, TWIN)).thenNothing();
        assertThat(again.state().leftovers()).as("the attempt at work decides").isEmpty();
        again.and(done(step(9, Action.ROLLBACK_VOLUME, 2)), ended());
        assertThat(again.state().leftovers()).isEmpty();
    }

    @Test
    void whatIsNotProvenIsToldOnceAndIsNoLeftover() {
        Story story = volumeAtWork().and(interrupted());
        List<Resource> before = story.state().leftovers();
        String clone = "volume clone (new): made by user olga";

        story.when(notProven(1, clone)).thenNothing().thenStatus(JobStatus.INTERRUPTED);

        assertThat(story.state().step(3).orElseThrow().notProven()).containsExactly(clone);
        assertThat(story.state().leftovers()).isEqualTo(before);
        story.when(notProven(2, clone)).thenIgnored("the job has ended INTERRUPTED");

        story.when(notProven(3, clone, "volume other (new): made by user paul")).thenNothing();
        assertThat(story.state().step(3).orElseThrow().notProven()).hasSize(2);
        assertThat(story.state().leftovers()).isEqualTo(before);
    }

    private static StepProgressed notProven(int millis, String... texts) {
        return new StepProgressed(
                step(3, 1),
                T0.plus(Duration.ofMillis(millis)),
                List.of(),
                Map.of(StepProgressed.NOT_PROVEN, List.of(texts)));
    }

    @Test
    void anAnswerFromNoStepOfTheRestoreNamesNothing() {
        Story story = started().and(interrupted());
        story.when(told(step(6, 1), TWIN)).thenIgnored("the job has ended INTERRUPTED");
        story.when(told(step(1, Action.CREATE_VOLUME, 1), TWIN)).thenIgnored("the job has ended INTERRUPTED");
        story.when(told(step(99, Action.CREATE_VOLUME, 1), TWIN)).thenIgnored("the job has ended INTERRUPTED");
    }

    /** The volume could not be made for good, and its rollback is at work. */
    private static Story volumeFailed() {
        return volumeAtWork()
                .and(done(4), done(5), broken(3))
                .and(skipped(6), skipped(7), skipped(8), rollback(UNDO_VOLUME));
    }

    private static StepProgressed told(StepAddress step, Resource... resources) {
        // Each a little later, so that none is a repeat.
        return new StepProgressed(step, T0.plus(Duration.ofMillis(resources.length)), List.of(resources), Map.of());
    }
}
