package io.vmrestore.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreCommand.StopSteps;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.intake.Assignment;
import io.vmrestore.intake.RevokedException;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Attempts that are stopped, or taken away with their partition: waits end, creations do not, and what was made is
 * named.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoppedAttemptsTest {
    private RunningExecutor executor;
    private RestoreFixture restore;
    private EventReader events;

    @BeforeAll
    void start() {
        executor = new RunningExecutor(Action.CREATE_PORT);
        restore = executor.restore;
        events = executor.events;
    }

    @AfterAll
    void stop() {
        executor.close();
    }

    @Test
    void a_wait_ends_at_once_when_its_restore_is_stopped() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("restored-", new Fault.VolumeStuck());
        StepAddress step = RunningExecutor.address(UUID.randomUUID(), 3, Action.CREATE_VOLUME);
        Instant now = Instant.now();
        executor.send(new RunStep(step, now, now.plusSeconds(600), restore.volumeTask(plan)));
        // The first command of a new member waits until the group has counted it in.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> events.of(step).stream()
                        .anyMatch(event -> event instanceof StepProgressed progress
                                && !progress.resources().isEmpty()));

        executor.send(new StopSteps(step.jobId(), step.vmId(), Instant.now()));

        assertThat(events.outcome(step)).isInstanceOfSatisfying(StepFailed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.STOPPED);
            assertThat(failed.retryable()).isFalse();
            assertThat(failed.resources()).extracting(Resource::type).containsExactly(ResourceType.VOLUME);
        });
    }

    @Test
    void a_step_of_a_stopped_restore_names_what_was_made_and_makes_nothing() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        UUID job = UUID.randomUUID();
        StepAddress made = RunningExecutor.address(job, 4, Action.CREATE_PORT);
        String portId = RunningExecutor.id(
                executor.run(job, 4, Action.CREATE_PORT, restore.portTask(plan, 0)), ResourceType.PORT);
        StepAddress never = RunningExecutor.address(job, 5, Action.CREATE_PORT);
        executor.send(new StopSteps(job, made.vmId(), Instant.now()));
        // A retry long in the future ends as soon as the executor has heard of the stop.
        Instant later = Instant.now().plusSeconds(600);
        executor.send(new RunStep(never, later, later.plusSeconds(60), restore.portTask(plan, 1)));
        StepAddress again = new StepAddress(job, made.vmId(), made.projectId(), 4, Action.CREATE_PORT, 2);
        executor.send(new RunStep(again, later, later.plusSeconds(60), restore.portTask(plan, 0)));

        assertThat(events.outcome(never)).isInstanceOfSatisfying(StepFailed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.STOPPED);
            assertThat(failed.resources()).isEmpty();
        });
        assertThat(events.outcome(again))
                .isInstanceOfSatisfying(
                        StepFailed.class,
                        failed -> assertThat(failed.resources())
                                .extracting(Resource::id)
                                .containsExactly(portId));
    }

    @Test
    void whose_partition_was_taken_away_publishes_nothing() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepAddress step = RunningExecutor.address(UUID.randomUUID(), 2, Action.CHECK_QUOTA);
        RunStep command =
                new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), new StepTask.CheckQuota(plan.quota()));

        assertThatThrownBy(() -> executor.handle(command, () -> false)).isInstanceOf(RevokedException.class);

        executor.send(new RunStep(
                RunningExecutor.address(step.jobId(), 1, Action.CHECK_QUOTA),
                Instant.now(),
                command.deadline(),
                command.task()));
        events.outcome(RunningExecutor.address(step.jobId(), 1, Action.CHECK_QUOTA));
        assertThat(events.of(step)).isEmpty();
    }

    @Test
    void a_step_that_is_interrupted_ends_without_an_outcome() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("restored-", new Fault.VolumeStuck());
        StepAddress step = RunningExecutor.address(UUID.randomUUID(), 3, Action.CREATE_VOLUME);
        RunStep command = new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), restore.volumeTask(plan));
        AtomicReference<Exception> end = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                executor.handle(command, () -> true);
            } catch (Exception ended) {
                end.set(ended);
            }
        });
        await().until(() -> events.of(step).stream()
                .anyMatch(event -> event instanceof StepProgressed progress
                        && !progress.resources().isEmpty()));

        thread.interrupt();
        thread.join();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(events.of(step)).noneMatch(event -> event instanceof StepFailed || event instanceof StepCompleted);
    }

    @Test
    void an_attempt_that_is_taken_away_while_it_creates_names_what_it_made() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("^POST .*/ports$", new Fault.LateAnswer(Duration.ofSeconds(1)));
        StepAddress step = RunningExecutor.address(UUID.randomUUID(), 4, Action.CREATE_PORT);
        RunStep command = new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), restore.portTask(plan, 0));
        int ports = restore.simulator.ports().size();
        AtomicBoolean ours = new AtomicBoolean(true);
        AtomicReference<Exception> end = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                executor.handle(command, ours::get);
            } catch (Exception ended) {
                end.set(ended);
            }
        });
        await().until(() -> restore.simulator.ports().size() > ports);

        ours.set(false);
        thread.interrupt();
        thread.join();

        assertThat(end.get()).isInstanceOfAny(InterruptedException.class, RevokedException.class);
        await().until(() -> events.of(step).stream().anyMatch(StepProgressed.class::isInstance));
        assertThat(events.of(step))
                .as("what it made is told, and no outcome")
                .noneMatch(event -> event instanceof StepFailed || event instanceof StepCompleted)
                .last()
                .isInstanceOfSatisfying(
                        StepProgressed.class,
                        told -> assertThat(told.resources())
                                .singleElement()
                                .satisfies(port ->
                                        assertThat(port.name()).isEqualTo(StepAddress.PORT_NAME_PREFIX + step.mark())));
    }

    @Test
    void a_process_that_was_frozen_makes_nothing_before_it_knows_that_it_may() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepAddress step = RunningExecutor.address(UUID.randomUUID(), 4, Action.CREATE_PORT);
        RunStep command = new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), restore.portTask(plan, 0));
        int ports = restore.simulator.ports().size();
        Assignment stale = new Assignment() {
            @Override
            public boolean current() {
                return true;
            }

            @Override
            public void requireConfirmed() {
                Assignment moved = () -> false;
                moved.requireCurrent();
            }
        };

        assertThatThrownBy(() -> executor.handle(command, stale)).isInstanceOf(RevokedException.class);

        assertThat(restore.simulator.ports()).hasSize(ports);
        assertThat(events.of(step)).noneMatch(event -> event instanceof StepFailed || event instanceof StepCompleted);
    }
}
