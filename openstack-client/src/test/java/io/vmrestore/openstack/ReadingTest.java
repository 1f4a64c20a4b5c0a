package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.compute.Nic;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerFlavor;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.network.FixedIp;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.quota.QuotaLine;
import io.vmrestore.openstack.volume.Volume;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Genuine answers in our words. */
@CloudTest
class ReadingTest {

    private static final String SERVER = "aa598592-367e-4a77-9ef8-b86659bfc4e3";
    private static final String BOOT = "5319b110-35bb-4dd5-a368-2440a6563511";
    private static final String DATA = "7283d950-fe32-4054-be63-92fa96290952";

    @Test
    void aServerAsTheAdminRoleSeesIt(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79");
        Server server = client.admin().compute().server(SERVER);

        assertThat(server.name()).isEqualTo("seed-a-vm2");
        assertThat(server.active()).isTrue();
        assertThat(server.flavor()).isEqualTo(new ServerFlavor(null, "rig.nano", 1, 128, 0, 0, 0, Map.of()));
        assertThat(server.metadata()).isEqualTo(Map.of("role", "batch", "backup", "daily"));
        assertThat(server.keyName()).isEqualTo("seed-a-key");
        assertThat(server.availabilityZone()).isEqualTo("nova");
        assertThat(server.configDrive()).isFalse();
        assertThat(server.rootDeviceName()).isEqualTo("/dev/sda");
        assertThat(server.adminView()).isTrue();
        assertThat(server.imageId()).isNull();
        assertThat(server.nics())
                .containsExactly(new Nic("net-a1", "fa:16:3e:2c:5f:4e", List.of("10.10.0.102"), List.of()));
        assertThat(server.securityGroups()).containsExactly("seed-a-web");
        assertThat(server.volumes())
                .containsExactly(new VolumeAttachment(BOOT, null, true), new VolumeAttachment(DATA, null, false));
        assertThat(server.hostStatus()).isEqualTo("UP");
        assertThat(server.createdAt()).isEqualTo(Instant.parse("2026-11-22T15:41:04Z"));
        assertThat(server.launchedAt()).isEqualTo(Instant.parse("2026-11-22T15:41:08Z"));
        assertThat(server.userData()).isNotNull();
        assertThat(new String(Base64.getDecoder().decode(server.userData()))).startsWith("#cloud-config");
    }

    @Test
    void aMemberSeesNeitherUserDataNorRootDevice(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/022-server-show-2.93-as-member");
        Server server = client.admin().compute().server(SERVER);
        assertThat(server.adminView()).isFalse();
        assertThat(server.userData()).isNull();
        assertThat(server.rootDeviceName()).isNull();
    }

    @Test
    void anOldCloudTellsTheFlavorsIdOnly(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/014-server-show-2.1");
        assertThat(client.admin().compute().server(SERVER).flavor()).isEqualTo(new ServerFlavor("11", "", 0, 0, 0));
    }

    @Test
    void anImageBootedServerTellsItsImage(FakeCloud cloud, OpenStack client) {
        Recording recording = Recording.of("nova/024-server-show-image-booted");
        cloud.replay("nova/024-server-show-image-booted");
        Server server = client.admin().compute().server(recording.path().replace("/v2.1/servers/", ""));
        assertThat(server.imageId()).isNotNull();
        assertThat(server.rootDeviceName()).isNotNull();
    }

    @Test
    void aFailedServerTellsWhy(FakeCloud cloud, OpenStack client) {
        Recording recording = Recording.of("nova/109-fail-nohost-as-member");
        cloud.replay("nova/109-fail-nohost-as-member");
        Server server = client.admin().compute().server(recording.path().replace("/v2.1/servers/", ""));
        assertThat(server.failed()).isTrue();
        assertThat(server.faultMessage()).startsWith("No valid host was found.");
        assertThat(server.nics()).isEmpty();
    }

    @Test
    void theBootDiskIsTheOneOnTheRootDevice(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79").replay("nova/034-volume-attachments-2.79");
        Server server = client.admin().compute().server(SERVER);
        List<VolumeAttachment> attachments = client.admin().compute().attachments(SERVER);
        assertThat(attachments)
                .containsExactly(
                        new VolumeAttachment(BOOT, "/dev/sda", true), new VolumeAttachment(DATA, "/dev/sdb", false));
        assertThat(attachments.getFirst().device()).isEqualTo(server.rootDeviceName());
    }

    @Test
    void aVolumeOfAServerThatNeverRanHasNoDevice(FakeCloud cloud, OpenStack client) {
        Recording recording = Recording.of("nova/112-fail-nohost-attachments");
        cloud.replay("nova/112-fail-nohost-attachments");
        assertThat(client.admin().compute().attachments(recording.path().split("/")[3]))
                .singleElement()
                .extracting(VolumeAttachment::device)
                .isNull();
    }

    @Test
    void aDualStackNicIsOneNicAndNicsKeepTheirOrder(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/x", FakeCloud.json(200, """
            {"server": {"id": "x", "status": "ACTIVE", "created": "2026-11-22T15:41:04Z", "addresses": {
              "zeta": [{"addr": "fd10::1", "OS-EXT-IPS-MAC:mac_addr": "m1", "OS-EXT-IPS:type": "fixed"},
                       {"addr": "10.0.0.1", "OS-EXT-IPS-MAC:mac_addr": "m1", "OS-EXT-IPS:type": "fixed"},
                       {"addr": "192.0.2.7", "OS-EXT-IPS-MAC:mac_addr": "m1", "OS-EXT-IPS:type": "floating"}],
              "alpha": [{"addr": "10.1.0.1", "OS-EXT-IPS-MAC:mac_addr": "m0", "OS-EXT-IPS:type": "fixed"}]}}}\
            """));
        assertThat(client.admin().compute().server("x").nics())
                .containsExactly(
                        new Nic("zeta", "m1", List.of("fd10::1", "10.0.0.1"), List.of("192.0.2.7")),
                        new Nic("alpha", "m0", List.of("10.1.0.1"), List.of()));
    }

    @Test
    void activeWithATaskIsNotSettled(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/x", FakeCloud.json(200, """
            {"server": {"id": "x", "status": "ACTIVE", "created": "2026-11-22T15:41:04Z",
              "OS-EXT-STS:task_state": "deleting"}}\
            """));
        assertThat(client.admin().compute().server("x").active()).isFalse();
    }

    @Test
    void aVolumeWithItsImageProperties(FakeCloud cloud, OpenStack client) {
        cloud.replay("cinder/056-volume-show-in-use");
        Volume volume = client.admin().volumes().volume(BOOT);
        assertThat(volume.bootable()).isTrue();
        assertThat(volume.available()).isFalse();
        assertThat(volume.size()).isEqualTo(2);
        assertThat(volume.projectId()).isEqualTo(FakeCloud.PROJECT);
        assertThat(volume.imageMetadata()).containsEntry("image_name", "rig-image");
        assertThat(volume.attachments()).containsExactly(new Volume.Attachment(SERVER, "/dev/sda"));
    }

    @Test
    void aPortWithAllItsAddresses(FakeCloud cloud, OpenStack client) {
        cloud.replay("neutron/093-port-bound");
        Port port = client.admin().network().port("1a239679-4a26-415a-9d33-a044a41543b7");
        assertThat(port.fixedIps())
                .containsExactly(
                        new FixedIp("5a098740-3ead-4145-8979-b66badff9929", "10.10.0.211"),
                        new FixedIp("337ac492-457f-4b36-9fd7-1b77bd48e459", "fd10:10::2cb"));
        assertThat(port.securityGroupIds()).containsExactly("f7c068cc-7eb8-47fe-b53c-a60801cee83e");
        assertThat(port.portSecurityEnabled()).isTrue();
        assertThat(port.vnicType()).isEqualTo("normal");
        assertThat(port.revision()).isEqualTo(3);
    }

    @Test
    void anotherUsersKeyPair(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/044-keypair-of-owner-by-admin");
        KeyPair pair = client.admin().keyPairs().ofUser("64d63eb01a3348a19ad43a7e4158f834", "seed-a-key");
        assertThat(pair.publicKey()).startsWith("ssh-rsa ");
        assertThat(pair.type()).isEqualTo("ssh");
        assertThat(cloud.requests("GET", "/v2.1/os-keypairs/seed-a-key")
                        .getFirst()
                        .query())
                .isEqualTo("user_id=64d63eb01a3348a19ad43a7e4158f834");
    }

    @Test
    void theReasonOfAFailedVolumeIsInTheMessages(FakeCloud cloud, OpenStack client) {
        cloud.replay("cinder/102-messages-of-doomed");
        assertThat(client.admin().volumes().failureReason("239aab45-aec2-4931-80a9-16c02d349d82"))
                .contains("schedule allocate volume:Could not find any available weighted backend.");
    }

    @Test
    void quotasCountReservationsAndOnlyMinusOneIsUnlimited(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/057-quota-set-detail")
                .replay("cinder/064-quota-usage")
                .replay("neutron/027-quota-details");
        QuotaLine cores = client.admin().compute().quota().get("cores");
        assertThat(cores).isEqualTo(new QuotaLine("cores", 100, 4L, 0L));
        assertThat(cores.free()).hasValue(96);
        QuotaLine type = client.admin().volumes().quota().get("gigabytes___DEFAULT__");
        assertThat(type.unlimited()).isTrue();
        assertThat(type.free()).isEmpty();
        assertThat(client.admin().network().quota()).containsEntry("ports", new QuotaLine("ports", 200, 5L, 0L));
        assertThat(new QuotaLine("volumes", 0, 0L, 0L).unlimited()).isFalse();
        assertThat(new QuotaLine("volumes", 10, 4L, 5L).free()).hasValue(1);
    }

    @Test
    void plainNumbersAreLimitsOfUnknownUse(FakeCloud cloud, OpenStack client) {
        String path = "/v2.0/quotas/" + FakeCloud.PROJECT;
        cloud.on("GET", path + "/details.json", FakeCloud.recorded("neutron/087-show-missing"))
                .on("GET", path, FakeCloud.recorded("neutron/026-quota"))
                .on(
                        "GET",
                        "/v3/%s/os-quota-sets/%s".formatted(FakeCloud.PROJECT, FakeCloud.PROJECT),
                        FakeCloud.recorded("cinder/065-quota-plain"));
        assertThat(client.admin().network().quota().get("ports")).isEqualTo(new QuotaLine("ports", 200, null, null));
        QuotaLine volumes = client.admin().volumes().quota().get("volumes");
        assertThat(volumes).isEqualTo(new QuotaLine("volumes", 100, null, null));
        assertThat(volumes.free()).isEmpty();
    }
}
