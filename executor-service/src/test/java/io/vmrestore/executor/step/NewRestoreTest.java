package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.survey.Origin;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All steps of a restore, one after the other, and what is in the cloud then. */
@Timeout(60)
class NewRestoreTest {
    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void makes_a_server_like_the_original() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.run(1, Action.VALIDATE, new StepTask.Validate(plan.withoutUserData()));
        restore.run(2, Action.CHECK_QUOTA, new StepTask.CheckQuota(plan.quota()));
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        String serverId = restore.createServer(plan, volumeId, portIds);
        assertThat(restore.keyImported()).isTrue();
        restore.waitActive(plan, serverId);
        RestoreResult result = restore.finish(plan, serverId, volumeId, portIds);

        Server original = server(RestoreFixture.TENANT.webServerId());
        Server restored = server(serverId);
        assertThat(restored.name()).isEqualTo("web-1-restored");
        assertThat(restored.spec().flavor()).isEqualTo(original.spec().flavor());
        assertThat(restored.spec().userData())
                .isNotBlank()
                .isEqualTo(original.spec().userData());
        assertThat(restored.spec().configDrive()).isTrue();
        assertThat(restored.spec().description()).isEqualTo("The front door");
        assertThat(restored.spec().tags()).contains("production", "team-web");
        assertThat(restored.spec().metadata())
                .containsEntry("role", "web")
                .containsEntry("backup", "daily")
                .containsEntry(Origin.SERVER, original.id())
                .containsEntry(Origin.OWNER, RestoreFixture.TENANT.ownerId())
                .containsEntry(Origin.SNAPSHOT, plan.restorePoint().id());
        assertThat(restored.state().nics()).hasSize(2);
        assertThat(restore.keyImported()).isFalse();

        Volume volume = restore.volumes().getFirst();
        assertThat(volume.spec().snapshotId()).isEqualTo(plan.restorePoint().id());
        assertThat(volume.spec().imageMetadata()).containsEntry("hw_firmware_type", "uefi");
        assertThat(volume.spec().metadata())
                .containsEntry(Origin.VOLUME, plan.restorePoint().volumeId());

        List<Port> ports = restore.ports();
        assertThat(ports).hasSize(2).extracting(Port::id).containsExactlyInAnyOrderElementsOf(portIds);
        assertThat(ports).allMatch(port -> port.deviceId().equals(serverId));
        assertThat(result.serverId()).isEqualTo(serverId);
        assertThat(result.volumeId()).isEqualTo(volumeId);
        assertThat(result.portIds()).isEqualTo(portIds);
        assertThat(result.ips()).hasSize(3).first().asString().startsWith(RestoreFixture.TENANT.frontPrefix());
        assertThat(restore.reported)
                .extracting(Resource::type)
                .contains(ResourceType.VOLUME, ResourceType.PORT, ResourceType.KEY_PAIR, ResourceType.SERVER);
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
                        "owner", "nics[0].ips", "nics[0].mac_address", "nics[1].ips", "nics[1].mac_address");
        assertThat(result.differences())
                .contains(new Difference(
                        "owner", RestoreFixture.TENANT.ownerId(), SampleCloud.userId(SampleCloud.SERVICE_USER)));
    }

    @Test
    void takes_the_same_addresses_where_they_are_free() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.SAME_IPS_OR_FAIL);
        restore.freeAddresses(plan);

        List<String> portIds = restore.createPorts(plan);

        assertThat(restore.ports()).hasSize(2);
        Port front = restore.ports().stream()
                .filter(port -> port.id().equals(portIds.getFirst()))
                .findFirst()
                .orElseThrow();
        assertThat(front.fixedIps())
                .extracting(FixedIp::ipAddress)
                .containsExactlyInAnyOrderElementsOf(plan.nics().getFirst().originalIps().stream()
                        .map(ip -> ip.ipAddress())
                        .toList());
    }

    private Server server(String id) {
        return restore.simulator.servers().stream()
                .filter(server -> server.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
