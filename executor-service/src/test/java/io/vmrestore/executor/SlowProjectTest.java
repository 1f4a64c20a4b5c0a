package io.vmrestore.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreCommand.StopSteps;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.embedded.testing.RestartableBroker;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One project whose calls are not answered, beside another one. */
@Timeout(120)
class SlowProjectTest {
    private static final int WINDOW = 8;
    private static final String VM = RestoreFixture.TENANT.webServerId();

    /** Of one test alone: a new group on a shared broker would get the commands that others have left hanging. */
    private final RestartableBroker broker;

    private final RunningExecutor executor;
    private final RestoreFixture restore;
    private final EventReader events;

    SlowProjectTest(@TempDir Path kafka) {
        broker = RestartableBroker.start(kafka);
        executor = new RunningExecutor(
                broker.bootstrapServers(),
                Action.CREATE_VOLUME,
                "--restore.executor.window=" + WINDOW,
                "--restore.executor.backlog=1000",
                "--restore.executor.close-timeout=0s");
        restore = executor.restore;
        events = executor.events;
    }

    @AfterEach
    void stop() {
        executor.close();
        broker.close();
    }

    @Test
    void delays_no_other_however_many_of_its_steps_are_outstanding() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS).withoutUserData();
        List<StepAddress> hanging = hang(plan, 3 * WINDOW);

        UUID job = UUID.randomUUID();
        run(job, 1, Action.VALIDATE, new StepTask.Validate(plan));
        run(job, 2, Action.CHECK_QUOTA, new StepTask.CheckQuota(plan.quota()));
        String volumeId = id(run(job, 3, Action.CREATE_VOLUME, restore.volumeTask(plan)), ResourceType.VOLUME);
        List<String> portIds = List.of(
                id(run(job, 4, Action.CREATE_PORT, restore.portTask(plan, 0)), ResourceType.PORT),
                id(run(job, 5, Action.CREATE_PORT, restore.portTask(plan, 1)), ResourceType.PORT));
        StepTask creation = restore.serverTask(plan, volumeId, portIds);
        String serverId = id(run(job, 6, Action.CREATE_SERVER, creation), ResourceType.SERVER);
        run(job, 7, Action.WAIT_ACTIVE, new StepTask.WaitActive(serverId, null));
        run(job, 8, Action.FINALIZE, new StepTask.Finalize(plan, serverId, volumeId, portIds));

        assertThat(hanging).noneMatch(this::ended);
        assertThat(hanging.stream().filter(this::begun)).hasSize(WINDOW * 3 / 4);
        StepAddress waiting =
                hanging.stream().filter(step -> !begun(step)).findFirst().orElseThrow();
        // The other project's restore may take less time than there is between two signs of life.
        await("who waits for a place gives signs of life")
                .until(() -> !events.of(waiting).isEmpty());
        assertThat(events.of(waiting)).allMatch(StepProgressed.class::isInstance);
    }

    @Test
    void lets_its_waiting_steps_be_stopped() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS).withoutUserData();
        hang(plan, WINDOW);
        // Its check of the quota needs no answer of Cinder to be stopped.
        StepAddress waiting =
                send(UUID.randomUUID(), Tenant.B, 2, Action.CHECK_QUOTA, new StepTask.CheckQuota(plan.quota()));
        await().until(() -> !events.of(waiting).isEmpty());

        executor.send(new StopSteps(waiting.jobId(), VM, Instant.now()));

        assertThat(events.outcome(waiting))
                .isInstanceOfSatisfying(
                        StepFailed.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.STOPPED));
    }

    /** So many steps of a project whose volumes nobody tells; returns when as many are at work as may be. */
    private List<StepAddress> hang(Plan plan, int number) {
        restore.simulator
                .faults()
                .always("^GET .*" + Tenant.B.projectId() + "/volumes", new Fault.Slow(Duration.ofMinutes(10)));
        // Of the same VM as the other project's commands, so that in the topic they stand before these.
        List<StepAddress> hanging = Stream.generate(
                        () -> send(UUID.randomUUID(), Tenant.B, 3, Action.CREATE_VOLUME, restore.volumeTask(plan)))
                .limit(number)
                .toList();
        await().until(() -> hanging.stream().filter(this::begun).count() == WINDOW * 3 / 4);
        return hanging;
    }

    private boolean begun(StepAddress step) {
        return events.of(step).stream().anyMatch(StepStarted.class::isInstance);
    }

    private boolean ended(StepAddress step) {
        return events.of(step).stream()
                .anyMatch(event -> event instanceof StepCompleted || event instanceof StepFailed);
    }

    private StepCompleted run(UUID job, int order, Action action, StepTask task) {
        StepEvent outcome = events.outcome(send(job, RestoreFixture.TENANT, order, action, task));
        assertThat(outcome).isInstanceOf(StepCompleted.class);
        return (StepCompleted) outcome;
    }

    private StepAddress send(UUID job, Tenant tenant, int order, Action action, StepTask task) {
        StepAddress step = new StepAddress(job, VM, tenant.projectId(), order, action, 1);
        executor.send(new RunStep(step, Instant.now(), Instant.now().plusSeconds(600), task));
        return step;
    }

    private static String id(StepCompleted step, ResourceType type) {
        return step.resources().stream()
                .filter(resource -> resource.type() == type)
                .findFirst()
                .orElseThrow()
                .id();
    }
}
