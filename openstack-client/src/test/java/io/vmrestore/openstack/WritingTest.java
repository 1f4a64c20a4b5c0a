package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vmrestore.openstack.compute.ServerSpec;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.network.AddressPair;
import io.vmrestore.openstack.network.FixedIp;
import io.vmrestore.openstack.network.PortSpec;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.openstack.volume.VolumeSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What we ask services to make, to the letter, and what deleting answers. */
@CloudTest
class WritingTest {

    private static final String VOLUMES = "/v3/" + FakeCloud.PROJECT + "/volumes";

    @Test
    void aFullServer(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/064-create");
        String id = client.admin()
                .compute()
                .create(new ServerSpec(
                        "web",
                        "11",
                        "vol-1",
                        List.of("port-b", "port-a"),
                        "key",
                        Map.of("restore_job", "j1"),
                        List.of("restore-j1"),
                        "the web server",
                        "nova",
                        true,
                        "I2Nsb3Vk",
                        "group-1",
                        "192.0.2.7",
                        "2001:db8::7",
                        Map.of("port-a", "back", "vol-1", "root")));
        assertThat(id).isEqualTo("51ec8288-d23c-4189-b818-c60b256deeb0");
        assertThat(sent(cloud, "POST", "/v2.1/servers")).isEqualTo(json("""
            {"server": {"name": "web", "flavorRef": "11",
              "networks": [{"port": "port-b"}, {"port": "port-a", "tag": "back"}],
              "accessIPv4": "192.0.2.7", "accessIPv6": "2001:db8::7",
              "block_device_mapping_v2": [{"tag": "root", "boot_index": 0, "uuid": "vol-1", "source_type": "volume",
                "destination_type": "volume", "delete_on_termination": false}],
              "metadata": {"restore_job": "j1"}, "tags": ["restore-j1"], "config_drive": true,
              "key_name": "key", "description": "the web server", "availability_zone": "nova",
              "user_data": "I2Nsb3Vk"},
             "os:scheduler_hints": {"group": "group-1"}}\
            """));
    }

    @Test
    void aPlainServerAsksForNoNetwork(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/064-create");
        client.admin()
                .compute()
                .create(new ServerSpec(
                        "web", "11", "vol-1", List.of(), null, Map.of(), List.of(), null, null, false, null, null));
        assertThat(sent(cloud, "POST", "/v2.1/servers")).isEqualTo(json("""
            {"server": {"name": "web", "flavorRef": "11", "networks": "none",
              "block_device_mapping_v2": [{"boot_index": 0, "uuid": "vol-1", "source_type": "volume",
                "destination_type": "volume", "delete_on_termination": false}],
              "metadata": {}, "tags": []}}\
            """));
    }

    @Test
    void aVolumeOfASnapshot(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", VOLUMES, FakeCloud.recorded("cinder/072-create-from-snapshot"));
        Volume volume = client.admin()
                .volumes()
                .create(new VolumeSpec("root", "snap-1", 5, "fast", "az1", "made of snap-1", Map.of("mark", "m")));
        assertThat(sent(cloud, "POST", VOLUMES)).isEqualTo(json("""
            {"volume": {"name": "root", "snapshot_id": "snap-1", "size": 5, "volume_type": "fast",
              "availability_zone": "az1", "description": "made of snap-1", "metadata": {"mark": "m"}}}\
            """));
        assertThat(volume.status()).isEqualTo("creating");
        assertThat(volume.createdAt())
                .isEqualTo(Instant.ofEpochSecond(volume.createdAt().getEpochSecond()));
    }

    @Test
    void aPortWithEverything(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", "/v2.0/ports", FakeCloud.recorded("neutron/030-create-fixed-ip"));
        client.admin()
                .network()
                .createPort(new PortSpec(
                        "net-1",
                        "mark",
                        List.of(new FixedIp("sub-4", "10.0.0.5"), new FixedIp("sub-6", null)),
                        List.of("sg-1"),
                        "fa:16:3e:00:00:01",
                        "d",
                        List.of(new AddressPair("10.0.0.9/32", null)),
                        true,
                        "web",
                        "qos-1",
                        "direct",
                        null));
        assertThat(sent(cloud, "POST", "/v2.0/ports")).isEqualTo(json("""
            {"port": {"network_id": "net-1", "name": "mark",
              "fixed_ips": [{"subnet_id": "sub-4", "ip_address": "10.0.0.5"}, {"subnet_id": "sub-6"}],
              "security_groups": ["sg-1"], "mac_address": "fa:16:3e:00:00:01", "description": "d",
              "allowed_address_pairs": [{"ip_address": "10.0.0.9/32"}], "port_security_enabled": true,
              "dns_name": "web", "qos_policy_id": "qos-1", "binding:vnic_type": "direct"}}\
            """));
    }

    @Test
    void noGroupsIsNotTheDefaultGroup(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", "/v2.0/ports", FakeCloud.recorded("neutron/030-create-fixed-ip"));
        PortSpec spec = PortSpec.on("net-1", "mark");
        client.admin().network().createPort(spec);
        client.admin().network().createPort(spec.withSecurityGroups(List.of()).withFixedIps(List.of()));
        assertThat(cloud.requests("POST", "/v2.0/ports"))
                .extracting(request -> json(request.body()))
                .containsExactly(json("{\"port\":{\"network_id\":\"net-1\",\"name\":\"mark\"}}"), json("""
                    {"port": {"network_id": "net-1", "name": "mark", "fixed_ips": [],
                      "security_groups": []}}\
                    """));
    }

    @Test
    void aDeletionOfWhatIsNotThereIsRefused(FakeCloud cloud, OpenStack client) {
        cloud.on("DELETE", "/v2.1/servers/a", FakeCloud.recorded("nova/187-delete"))
                .on("DELETE", "/v2.1/servers/b", FakeCloud.recorded("nova/185-delete-missing"))
                .on("DELETE", VOLUMES + "/b", FakeCloud.recorded("cinder/122-delete-missing"))
                .on("DELETE", "/v2.0/ports/b", FakeCloud.recorded("neutron/087-show-missing"))
                .on("DELETE", "/v2.1/os-keypairs/my%20key", FakeCloud.json(202, ""));
        client.admin().compute().delete("a");
        client.admin().keyPairs().delete("my key");
        assertThatThrownBy(() -> client.admin().compute().delete("b")).isInstanceOf(CloudException.NotFound.class);
        assertThatThrownBy(() -> client.admin().volumes().delete("b")).isInstanceOf(CloudException.NotFound.class);
        assertThatThrownBy(() -> client.admin().network().deletePort("b")).isInstanceOf(CloudException.NotFound.class);
    }

    @Test
    void imagePropertiesAreSetByAnAction(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", VOLUMES + "/v/action", FakeCloud.json(200, ""));
        client.admin().volumes().setImageMetadata("v", Map.of("hw_firmware_type", "uefi"));
        client.admin().volumes().setBootable("v", true);
        assertThat(cloud.requests("POST", VOLUMES + "/v/action"))
                .extracting(request -> json(request.body()))
                .containsExactly(
                        json("{\"os-set_image_metadata\":{\"metadata\":{\"hw_firmware_type\":\"uefi\"}}}"),
                        json("{\"os-set_bootable\":{\"bootable\":true}}"));
    }

    private static JsonNode sent(FakeCloud cloud, String method, String path) {
        return json(cloud.requests(method, path).getFirst().body());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
