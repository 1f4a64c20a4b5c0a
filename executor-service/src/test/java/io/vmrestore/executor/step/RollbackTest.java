package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.StepTask;
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
                        serverId,
                        restore.mark(restore.serverStep(plan)),
                        plan.server().keyFingerprint()));
        assertThat(restore.servers()).isEmpty();
        assertThat(restore.keyImported()).isFalse();
        restore.run(21, Action.ROLLBACK_PORT, new StepTask.RollbackPort(portIds.get(1), restore.mark(5)));
        restore.run(22, Action.ROLLBACK_PORT, new StepTask.RollbackPort(portIds.get(0), restore.mark(4)));
        assertThat(restore.ports()).isEmpty();
        restore.run(23, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(volumeId, restore.mark(3)));
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
                        null,
                        restore.mark(restore.serverStep(plan)),
                        plan.server().keyFingerprint()));
        restore.run(21, Action.ROLLBACK_PORT, new StepTask.RollbackPort(null, restore.mark(5)));
        restore.run(22, Action.ROLLBACK_PORT, new StepTask.RollbackPort(null, restore.mark(4)));
        restore.run(23, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(null, restore.mark(3)));

        assertThat(restore.servers()).isEmpty();
        assertThat(restore.ports()).isEmpty();
        assertThat(restore.volumes()).isEmpty();
    }

    @Test
    void what_is_gone_is_no_error() throws InterruptedException {
        String gone = "0f0f0f0f-0000-4000-8000-000000000000";

        restore.run(20, Action.ROLLBACK_SERVER, new StepTask.RollbackServer(gone, restore.mark(6), null));
        restore.run(21, Action.ROLLBACK_PORT, new StepTask.RollbackPort(gone, restore.mark(5)));
        restore.run(22, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(gone, restore.mark(3)));
        restore.run(23, Action.ROLLBACK_SERVER, new StepTask.RollbackServer(null, restore.mark(6), null));
    }

    @Test
    void what_is_not_ours_is_left_alone() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String original = plan.server().id();

        assertThat(restore.failure(
                                20,
                                Action.ROLLBACK_SERVER,
                                new StepTask.RollbackServer(original, restore.mark(6), null))
                        .failure()
                        .message())
                .startsWith("Server " + original + " does not carry the mark");
        assertThat(restore.failure(
                                20,
                                Action.ROLLBACK_PORT,
                                new StepTask.RollbackPort(plan.nics().getFirst().sourcePortId(), restore.mark(4)))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.CLOUD_REFUSED);
        assertThat(restore.failure(
                                20,
                                Action.ROLLBACK_VOLUME,
                                new StepTask.RollbackVolume(
                                        plan.server().bootVolume().id(), restore.mark(3)))
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
        restore.failure(20, Action.WAIT_ACTIVE, new StepTask.WaitActive(serverId, null));

        restore.run(
                20,
                Action.ROLLBACK_SERVER,
                new StepTask.RollbackServer(
                        serverId,
                        restore.mark(restore.serverStep(plan)),
                        plan.server().keyFingerprint()));
        restore.run(23, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(volumeId, restore.mark(3)));

        assertThat(restore.servers()).isEmpty();
        assertThat(restore.volumes()).isEmpty();
    }
}
