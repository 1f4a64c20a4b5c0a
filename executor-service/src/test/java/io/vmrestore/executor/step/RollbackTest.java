package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rollback removes all that the restore made, and nothing else. */
@Timeout(60)
class RollbackTest {
    private final RestoreFixture restore = new RestoreFixture(
            SimulatorSettings.instant().withLatencies(Latencies.of(Duration.ofMillis(120), Duration.ofMillis(200))));

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void removes_server_key_port_and_volume() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        String serverId = restore.createServer(plan, volumeId, portIds);
        restore.waitActive(plan, serverId);
        int others = restore.simulator.servers().size() - 1;

        restore.run(
                20,
                Action.ROLLBACK_SERVER,
                new StepTask.RollbackServer(
                        serverId, mark(restore.serverStep(plan)), plan.server().keyFingerprint()));
        assertThat(restore.servers()).isEmpty();
        assertThat(restore.keyImported()).isFalse();
        restore.run(21, Action.ROLLBACK_PORT, new StepTask.RollbackPort(portIds.get(1), mark(5)));
        restore.run(22, Action.ROLLBACK_PORT, new StepTask.RollbackPort(portIds.get(0), mark(4)));
        assertThat(restore.ports()).isEmpty();
        restore.run(23, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(volumeId, mark(3)));
        assertThat(restore.volumes()).isEmpty();
        assertThat(restore.simulator.servers()).hasSize(others);
    }

    @Test
    void removes_what_a_lost_answer_made_without_knowing_its_id() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        restore.createServer(plan, volumeId, restore.createPorts(plan));

        restore.run(
                20,
                Action.ROLLBACK_SERVER,
                new StepTask.RollbackServer(
                        null, mark(restore.serverStep(plan)), plan.server().keyFingerprint()));
        restore.run(21, Action.ROLLBACK_PORT, new StepTask.RollbackPort(null, mark(5)));
        restore.run(22, Action.ROLLBACK_PORT, new StepTask.RollbackPort(null, mark(4)));
        restore.run(23, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(null, mark(3)));

        assertThat(restore.servers()).isEmpty();
        assertThat(restore.ports()).isEmpty();
        assertThat(restore.volumes()).isEmpty();
    }

    @Test
    void what_is_gone_is_no_error() throws InterruptedException {
        String gone = "0f0f0f0f-0000-4000-8000-000000000000";

        restore.run(20, Action.ROLLBACK_SERVER, new StepTask.RollbackServer(gone, mark(6), null));
        restore.run(21, Action.ROLLBACK_PORT, new StepTask.RollbackPort(gone, mark(5)));
        restore.run(22, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(gone, mark(3)));
        restore.run(23, Action.ROLLBACK_SERVER, new StepTask.RollbackServer(null, mark(6), null));
    }

    @Test
    void what_is_not_ours_is_left_alone() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String original = plan.server().id();

        assertThat(failure(Action.ROLLBACK_SERVER, new StepTask.RollbackServer(original, mark(6), null))
                        .failure()
                        .message())
                .startsWith("Server " + original + " does not carry the mark");
        assertThat(failure(
                                Action.ROLLBACK_PORT,
                                new StepTask.RollbackPort(plan.nics().getFirst().sourcePortId(), mark(4)))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.CLOUD_REFUSED);
        assertThat(failure(
                                Action.ROLLBACK_VOLUME,
                                new StepTask.RollbackVolume(
                                        plan.server().bootVolume().id(), mark(3)))
                        .retryable())
                .isFalse();

        assertThat(restore.simulator.servers()).anyMatch(server -> server.id().equals(original));
        assertThat(restore.simulator.volumes())
                .anyMatch(
                        volume -> volume.id().equals(plan.server().bootVolume().id()));
        assertThat(restore.simulator.ports())
                .anyMatch(port -> port.id().equals(plan.nics().getFirst().sourcePortId()));
    }

    @Test
    void a_failed_server_lets_its_volume_go_first() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        restore.simulator.faults().once("web-1-restored", new Fault.ServerFails(Fault.Stage.SCHEDULING, null));
        String serverId = restore.createServer(plan, volumeId, portIds);
        failure(Action.WAIT_ACTIVE, new StepTask.WaitActive(serverId, null));

        restore.run(
                20,
                Action.ROLLBACK_SERVER,
                new StepTask.RollbackServer(
                        serverId, mark(restore.serverStep(plan)), plan.server().keyFingerprint()));
        restore.run(23, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(volumeId, mark(3)));

        assertThat(restore.servers()).isEmpty();
        assertThat(restore.volumes()).isEmpty();
    }

    @Test
    void a_deletion_that_the_cloud_gives_up_is_told_at_once_and_asked_for_again() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String serverId = restore.createServer(plan, restore.createVolume(plan), restore.createPorts(plan));
        restore.waitActive(plan, serverId);
        StepTask rollback = new StepTask.RollbackServer(
                serverId, mark(restore.serverStep(plan)), plan.server().keyFingerprint());
        restore.simulator.faults().once(serverId, new Fault.ServerDeletionFails("the hypervisor holds its disk"));

        StepFailure failure = failure(Action.ROLLBACK_SERVER, rollback);
        assertThat(failure.failure().kind()).isEqualTo(FailureKind.RESOURCE_FAILED);
        assertThat(failure.failure().message())
                .isEqualTo(
                        "Server " + serverId + " could not be deleted and is in ERROR: the hypervisor holds its disk");
        assertThat(failure.retryable()).isTrue();

        restore.run(21, Action.ROLLBACK_SERVER, rollback);
        assertThat(restore.servers())
                .as("a server that was in ERROR before is not taken for one that stays")
                .isEmpty();
    }

    private StepFailure failure(Action action, StepTask task) {
        return catchThrowableOfType(StepFailure.class, () -> restore.execute(task, restore.attempt(20, action)));
    }

    private String mark(int stepOrder) {
        return restore.jobId + "/" + stepOrder;
    }
}
