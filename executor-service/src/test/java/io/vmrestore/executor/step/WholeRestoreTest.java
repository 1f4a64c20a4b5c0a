package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.survey.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All steps of a restore, one after the other, and what is in the cloud then: beside the original and in its place. */
@Timeout(60)
class WholeRestoreTest {
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

        Server original = restore.server(RestoreFixture.TENANT.webServerId()).orElseThrow();
        Server restored = restore.server(serverId).orElseThrow();
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
    void redelivered_commands_find_what_they_made() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        assertThat(restore.createVolume(plan)).isEqualTo(volumeId);
        List<String> portIds = restore.createPorts(plan);
        assertThat(restore.createPorts(plan)).isEqualTo(portIds);
        String serverId = restore.createServer(plan, volumeId, portIds);
        assertThat(restore.createServer(plan, volumeId, portIds)).isEqualTo(serverId);
        restore.waitActive(plan, serverId);
        restore.waitActive(plan, serverId);

        assertThat(restore.finish(plan, serverId, volumeId, portIds))
                .isEqualTo(restore.finish(plan, serverId, volumeId, portIds));
        assertThat(restore.createVolume(plan)).isEqualTo(volumeId);
        assertThat(restore.volumes()).hasSize(1);
        assertThat(restore.ports()).hasSize(2);
        assertThat(restore.servers()).hasSize(1);
    }

    @Test
    void the_vm_comes_back_with_its_name_addresses_and_macs() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.SAME_IPS_OR_FAIL);

        RestoreResult result = replace(plan);

        assertThat(restore.server(plan.server().id())).isEmpty();
        Server restored = restore.server(result.serverId()).orElseThrow();
        assertThat(restored.name()).isEqualTo("web-1");
        for (NicPlan nic : plan.nics()) {
            Port port = restore.port(result.portIds().get(nic.index())).orElseThrow();
            assertThat(port.macAddress()).isEqualTo(nic.macAddress());
            assertThat(port.deviceId()).isEqualTo(result.serverId());
            assertThat(port.fixedIps())
                    .extracting(FixedIp::ipAddress)
                    .containsExactlyInAnyOrderElementsOf(
                            nic.originalIps().stream().map(ip -> ip.ipAddress()).toList());
        }
        assertThat(result.differences())
                .extracting(difference -> difference.field())
                .doesNotContain("nics[0].ips", "nics[0].mac_address", "nics[1].ips");
    }

    @Test
    void with_new_addresses_the_old_ports_are_given_up() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);

        RestoreResult result = replace(plan);

        plan.nics().forEach(nic -> assertThat(restore.port(nic.sourcePortId())).isEmpty());
        assertThat(result.portIds())
                .doesNotContainAnyElementsOf(
                        plan.nics().stream().map(NicPlan::sourcePortId).toList());
        assertThat(restore.port(result.portIds().getFirst()).orElseThrow().macAddress())
                .isEqualTo(plan.nics().getFirst().macAddress());
    }

    private RestoreResult replace(Plan plan) throws InterruptedException {
        String volumeId = restore.createVolume(plan);
        restore.deleteOriginal(plan);
        List<String> ports = new ArrayList<>();
        for (NicPlan nic : plan.nics()) {
            ports.add(RestoreFixture.only(
                    restore.run(5 + nic.index(), Action.CREATE_PORT, SamplePlans.replacingPortTask(plan, nic.index())),
                    ResourceType.PORT));
        }
        String serverId = restore.createServer(plan, volumeId, ports);
        restore.waitActive(plan, serverId);
        return restore.finish(plan, serverId, volumeId, ports);
    }
}
