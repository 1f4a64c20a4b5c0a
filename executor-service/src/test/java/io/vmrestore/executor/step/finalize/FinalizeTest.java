package io.vmrestore.executor.step.finalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.openstack.network.PortSpec;
import io.vmrestore.simulator.sample.SampleCloud;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The comparison and the last cleaning up: repeated, at the same time, and after a late create call. */
@Timeout(60)
class FinalizeTest {
    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void finalize_removes_a_twin_that_came_late() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        String serverId = restore.createServer(plan, volumeId, portIds);
        restore.waitActive(plan, serverId);
        var network =
                restore.openStack.project(RestoreFixture.TENANT.projectId()).network();
        network.createPort(PortSpec.on(
                plan.nics().getFirst().networkId(),
                restore.ports().getFirst().settings().name()));
        assertThat(restore.ports()).hasSize(3);

        restore.finish(plan, serverId, volumeId, portIds);

        assertThat(restore.ports()).extracting(port -> port.id()).containsExactlyInAnyOrderElementsOf(portIds);
    }

    @Test
    void lists_every_difference() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        String serverId = restore.createServer(plan, volumeId, portIds);
        restore.waitActive(plan, serverId);
        RestoreResult result = restore.finish(plan, serverId, volumeId, portIds);

        assertThat(result.differences())
                .extracting(Difference::field)
                .containsExactlyInAnyOrder(
                        "owner",
                        "key_pair",
                        "tags",
                        "metadata.restore_mark",
                        "metadata.restored_from_key",
                        "metadata.restored_from_owner",
                        "metadata.restored_from_server",
                        "metadata.restored_from_snapshot",
                        "metadata.restored_from_volume",
                        "volume.description",
                        "volume.metadata.restore_mark",
                        "volume.metadata.restored_from_server",
                        "volume.metadata.restored_from_snapshot",
                        "volume.metadata.restored_from_volume",
                        "nics[0].ips",
                        "nics[0].mac_address",
                        "nics[1].ips",
                        "nics[1].mac_address");
        assertThat(result.differences())
                .contains(new Difference(
                        "owner", RestoreFixture.TENANT.ownerId(), SampleCloud.userId(SampleCloud.SERVICE_USER)));
    }

    @Test
    void a_repeated_command_and_two_executors_at_once_find_the_same() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        String serverId = restore.createServer(plan, volumeId, portIds);
        restore.waitActive(plan, serverId);
        StepTask task = new StepTask.Finalize(plan.withoutUserData(), serverId, volumeId, portIds);

        List<Attempt> attempts = restore.twice(restore.serverStep(plan) + 2, Action.FINALIZE, task);
        RestoreResult again = restore.finish(plan, serverId, volumeId, portIds);

        assertThat(attempts).allMatch(attempt -> again.equals(attempt.result()));
        assertThat(restore.keyImported()).isFalse();
        assertThat(restore.servers()).hasSize(1);
    }
}
