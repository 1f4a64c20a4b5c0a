package io.vmrestore.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.lifecycle.Evolution;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.Transition;
import io.vmrestore.support.health.ProgressHealth;
import io.vmrestore.support.health.ProgressSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What dispatch tells of commands that nobody answers. */
class DispatchProgressTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private DispatchDriver dispatch;

    @BeforeEach
    void open() {
        dispatch = new DispatchDriver();
        dispatch.progress.onChange(State.RUNNING, State.REBALANCING);
    }

    @AfterEach
    void close() {
        dispatch.close();
    }

    @Test
    void aPlanThatNobodyMakesIsSilentFromItsRequestOn() {
        Restore restore = Restore.of("vm-1");
        dispatch.send(restore.requested(DispatchDriver.START));
        dispatch.pass(LIMIT);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        dispatch.pass(Duration.ofSeconds(1));

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails())
                .containsEntry("open", 1)
                .containsEntry("oldest_unanswered_seconds", 61L)
                .containsEntry("silent_seconds", 61L)
                .containsEntry("most_silent", restore.jobId().toString());

        dispatch.send(restore.planned(dispatch.clock.instant()));
        assertUpWithNothingOpen();
    }

    @Test
    void signsOfLifeKeepAStepUpHoweverLongItTakes() {
        Map<String, RunStep> steps = running("vm-1");
        RunStep validate = steps.get("validate#1");
        dispatch.send(Restore.completed(steps.get("check_quota#2"), dispatch.clock.instant()));
        for (int minute = 0; minute < 30; minute++) {
            dispatch.pass(LIMIT);
            dispatch.send(alive(validate));
            assertThat(health().getStatus()).isEqualTo(Status.UP);
        }
        assertThat(dispatch.progress.oldestUnanswered()).isEqualTo(Duration.ofMinutes(30));
        assertThat(dispatch.progress.silence()).isZero();
    }

    @Test
    void aStepWithoutASignOfLifeShowsBesideOneThatGivesThem() {
        Map<String, RunStep> steps = running("vm-1");
        RunStep silent = steps.get("check_quota#2");
        for (int half = 0; half < 3; half++) {
            dispatch.pass(LIMIT.dividedBy(2));
            dispatch.send(alive(steps.get("validate#1")));
        }

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails()).containsEntry("open", 2).containsEntry("most_silent", silent.jobId() + "/2");

        dispatch.send(Restore.completed(silent, dispatch.clock.instant()));
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsEntry("open", 1);
    }

    @Test
    void aRestoreThatHasEndedIsWaitedForNoMore() {
        for (Map<String, RunStep> steps = running("vm-1"); !steps.isEmpty(); steps = dispatch.steps()) {
            assertThat(dispatch.progress.open()).isEqualTo(steps.size());
            steps.values().forEach(step -> dispatch.send(Restore.completed(step, dispatch.clock.instant())));
        }
        dispatch.pass(LIMIT.multipliedBy(2));
        assertUpWithNothingOpen();
    }

    @Test
    void whoTakesThePartitionOverKnowsHowLongItsRestoresHaveBeenSilent() {
        List<RestoreEvent> read = new ArrayList<>();
        Restore restore = Restore.of("vm-1");
        read.add(restore.requested(DispatchDriver.START));
        read.add(restore.planned(DispatchDriver.START));
        read.add(restore.executionRequested(DispatchDriver.START));
        read.forEach(dispatch::send);
        read.addAll(dispatch.announced());
        dispatch.pass(Duration.ofSeconds(20));
        StepProgressed sign = alive(dispatch.steps().get("validate#1"));
        read.add(sign);

        OpenCommands restored = new OpenCommands();
        restored.note("vm-1", state(read), null);
        OpenCommands.Summary open = restored.summary();
        assertThat(open.count()).isEqualTo(2);
        assertThat(Objects.requireNonNull(open.oldest()).since()).isEqualTo(DispatchDriver.START);
        assertThat(Objects.requireNonNull(open.mostSilent()).heard()).isEqualTo(sign.time());
    }

    @Test
    void aPartitionThatIsGivenBackIsForgotten() {
        try (DispatchDriver other = new DispatchDriver()) {
            other.send(Restore.of("vm-1").requested(DispatchDriver.START));
            assertThat(other.progress.open()).isEqualTo(1);
            other.restartReadingAgain();
            assertThat(other.progress.open()).isZero();
        }
    }

    @Test
    void aDispatchThatDoesNotWorkForLongIsDownAlsoWithNothingOpen() {
        dispatch.progress.onChange(State.REBALANCING, State.RUNNING);
        dispatch.clock.advance(LIMIT);
        dispatch.progress.onChange(State.ERROR, State.REBALANCING);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        dispatch.clock.advance(Duration.ofSeconds(1));
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails()).containsEntry("not_running_seconds", 61L);

        dispatch.progress.onChange(State.RUNNING, State.REBALANCING);
        assertUpWithNothingOpen();
    }

    private void assertUpWithNothingOpen() {
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails())
                .containsEntry("open", 0)
                .containsEntry("oldest_unanswered_seconds", 0L)
                .containsEntry("silent_seconds", 0L)
                .doesNotContainKey("most_silent");
    }

    private Health health() {
        return new ProgressHealth(dispatch.progress::shown, new ProgressSettings(LIMIT)).health();
    }

    /** The first commands of a restore that is executed. */
    private Map<String, RunStep> running(String vmId) {
        Restore restore = Restore.of(vmId);
        dispatch.send(restore.requested(dispatch.clock.instant()));
        dispatch.send(restore.planned(dispatch.clock.instant()));
        dispatch.send(restore.executionRequested(dispatch.clock.instant()));
        return dispatch.steps();
    }

    private static JobState state(List<RestoreEvent> events) {
        @Nullable JobState state = null;
        for (RestoreEvent event : events) {
            if (Evolution.evolve(state, event) instanceof Transition.Applied(JobState after)) {
                state = after;
            }
        }
        return Objects.requireNonNull(state);
    }

    private StepProgressed alive(RunStep command) {
        return new StepProgressed(command.step(), dispatch.clock.instant(), List.of(), Map.of());
    }
}
