package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Flavor;
import io.vmrestore.simulator.cloud.identity.Identity;
import io.vmrestore.simulator.cloud.image.Image;
import io.vmrestore.simulator.cloud.network.SecurityGroup;
import io.vmrestore.simulator.cloud.network.Subnet;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeType;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.engine.ManualTime;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What was in the recorded cloud from the beginning. */
class RecordedSeeds extends RecordedParts {
    private static final String WEB_A = "714b5d57-df4e-4013-895e-d9164086a281";
    static final String DEFAULT_A = "f7c068cc-7eb8-47fe-b53c-a60801cee83e";
    private static final String WEB_B = "9bff4ebe-282f-441f-994e-0de710125b20";
    static final String KEY =
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDL7d6s9pJhkLB+F7U0FCrE0og/U6D12U2rFdpfBWp9MTu523wDrjwTfAds3wZA"
                    + " owner";

    final ManualTime time;

    RecordedSeeds(ManualTime time) {
        super(new Cloud(
                time, new Random(7), Latencies.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), Duration.ofHours(1)));
        this.time = time;
        cloud.faults().always("^(qos|dns-integration|port-resource-request)$", new Fault.ExtensionMissing(null));
        cloud.run(() -> {
            identities(cloud.identity());
            commons();
            networks();
            seeds();
        });
    }

    private static void identities(Identity identity) {
        identity.addRole(RecordedIds.READER_ROLE, "reader", null);
        identity.addRole(RecordedIds.MEMBER_ROLE, "member", RecordedIds.READER_ROLE);
        identity.addRole(RecordedIds.ADMIN_ROLE, "admin", RecordedIds.MEMBER_ROLE);
        identity.addProject(RecordedIds.TENANT_A, "tenant-a");
        identity.addProject(RecordedIds.TENANT_B, "tenant-b");
        identity.addProject(RecordedIds.SERVICE, "service");
        identity.addUser(RecordedIds.SERVICE_USER, "snapshot-svc@company.com", RecordedIds.PASSWORD);
        identity.addUser(RecordedIds.USER_A, "user-a", RecordedIds.PASSWORD);
        identity.addUser(RecordedIds.USER_B, "user-b", RecordedIds.PASSWORD);
        identity.addUser(RecordedIds.ADMIN_USER, "admin", RecordedIds.PASSWORD);
        identity.grant(RecordedIds.TENANT_A, RecordedIds.SERVICE_USER, RecordedIds.ADMIN_ROLE);
        identity.grant(RecordedIds.TENANT_A, RecordedIds.USER_A, RecordedIds.MEMBER_ROLE);
        identity.grant(RecordedIds.TENANT_B, RecordedIds.USER_B, RecordedIds.MEMBER_ROLE);
        identity.grant(RecordedIds.SERVICE, RecordedIds.ADMIN_USER, RecordedIds.ADMIN_ROLE);
    }

    private void commons() {
        var flavors = cloud.servers().flavors();
        flavors.put(new Flavor("11", "rig.nano", 1, 128, 0, Map.of()));
        flavors.put(new Flavor("12", "rig.small", 1, 512, 10, Map.of()));
        flavors.put(new Flavor("18", "rig.nohost", 1, 64, 0, Map.of("trait:CUSTOM_NOWHERE", "required")));
        cloud.images().put(new Image(RecordedIds.IMAGE, "rig-image", Map.of()));
        cloud.volumes()
                .types()
                .put(new VolumeType(
                        "091154c0-4024-4caf-9f07-af6dbe770182", VolumeType.DEFAULT, "Default Volume Type", true));
        cloud.volumes().types().put(new VolumeType("52783a35-8f92-4eb7-a920-5e0a2ab5da30", "rec-nowhere", "", false));
        cloud.servers().keyPairs().add(RecordedIds.USER_A, "seed-a-key", KEY);
    }

    private void networks() {
        network(RecordedIds.NET_A1, RecordedIds.TENANT_A, "net-a1", false);
        network(RecordedIds.NET_A2, RecordedIds.TENANT_A, "net-a2", false);
        network(RecordedIds.NET_TINY, RecordedIds.TENANT_A, "net-a-tiny", false);
        network(RecordedIds.NET_B1, RecordedIds.TENANT_B, "net-b1", false);
        network(RecordedIds.NET_SHARED, RecordedIds.SERVICE, "net-shared", true);
        subnet(
                "5a098740-3ead-4145-8979-b66badff9929",
                RecordedIds.NET_A1,
                RecordedIds.TENANT_A,
                "10.10.0.",
                "2",
                "254");
        subnet(
                "40eba2f2-d384-4360-bfb2-936c0cfeb75d",
                RecordedIds.NET_A2,
                RecordedIds.TENANT_A,
                "10.11.0.",
                "2",
                "254");
        subnet(
                "6c003006-4620-4954-bc7c-fd4e65a846c9",
                RecordedIds.NET_TINY,
                RecordedIds.TENANT_A,
                "10.12.0.",
                "2",
                "3");
        subnet(
                "a538827f-77d8-458d-bc62-2c02d888edfe",
                RecordedIds.NET_B1,
                RecordedIds.TENANT_B,
                "10.20.0.",
                "2",
                "254");
        subnet(
                "ea5a85c8-2999-44e4-8dbf-d2395a9e79a3",
                RecordedIds.NET_SHARED,
                RecordedIds.SERVICE,
                "10.99.0.",
                "2",
                "254");
        subnet6(
                "337ac492-457f-4b36-9fd7-1b77bd48e459",
                RecordedIds.NET_A1,
                RecordedIds.TENANT_A,
                "fd10:10::",
                Subnet.STATEFUL);
        subnet6(
                "e17bf4ed-c96d-4b0a-87d6-1ad997826845",
                RecordedIds.NET_B1,
                RecordedIds.TENANT_B,
                "fd20:20::",
                Subnet.SLAAC);
        group(WEB_A, RecordedIds.TENANT_A, "seed-a-web");
        group(DEFAULT_A, RecordedIds.TENANT_A, SecurityGroup.DEFAULT);
        group(WEB_B, RecordedIds.TENANT_B, "seed-b-web");
    }

    private void seeds() {
        String vm2 = "aa598592-367e-4a77-9ef8-b86659bfc4e3";
        String vm1 = "2a543caf-bcbf-4898-a3a6-65210ebf02c1";
        String vm0 = "63f3148e-53b5-450a-951e-f9fdf3d17b50";
        String imageBooted = "c090a455-e4aa-46fb-91b2-aab15bfda49b";
        String vmB = "5e706782-2a0a-49e1-9944-2294f8fcaf24";
        port(
                "8b395dc6-63e1-4457-985c-eabd99dbf49c",
                RecordedIds.OWNER_A,
                RecordedIds.NET_A1,
                "fa:16:3e:2c:5f:4e",
                WEB_A,
                vm2,
                102);
        port(
                "026fa3a3-9ac4-43ef-957a-5716ec1f93f4",
                RecordedIds.OWNER_A,
                RecordedIds.NET_A1,
                "fa:16:3e:36:ed:0e",
                WEB_A,
                vm1,
                74);
        port(
                "e0848c91-6d17-49ab-8d67-ba3f7d97a660",
                RecordedIds.OWNER_A,
                RecordedIds.NET_A2,
                "fa:16:3e:43:27:57",
                WEB_A,
                vm1,
                124);
        port(
                "7708efb6-d5b7-4048-9479-397c507a10ce",
                RecordedIds.OWNER_A,
                RecordedIds.NET_A1,
                "fa:16:3e:5a:cc:03",
                WEB_A,
                vm0,
                136);
        port(
                "6e813731-0519-41ef-9e75-dfb7074acd9d",
                RecordedIds.OWNER_A,
                RecordedIds.NET_A1,
                "fa:16:3e:06:44:cd",
                DEFAULT_A,
                imageBooted,
                152);
        port(
                "463600e1-ff1a-4b9b-a089-3282a318ec0f",
                RecordedIds.OWNER_B,
                RecordedIds.NET_B1,
                "fa:16:3e:9d:d0:f2",
                WEB_B,
                vmB,
                198);
        Volume boot2 = volume(
                "5319b110-35bb-4dd5-a368-2440a6563511",
                RecordedIds.OWNER_A,
                "seed-a-vm2-boot",
                2,
                true,
                null,
                vm2,
                "/dev/sda");
        Volume data2 = volume(
                "7283d950-fe32-4054-be63-92fa96290952",
                RecordedIds.OWNER_A,
                "seed-a-vm2-data",
                1,
                false,
                null,
                vm2,
                "/dev/sdb");
        Volume boot1 = volume(
                "ee0c65da-ef31-4fd9-9b98-919eaec6b8ac",
                RecordedIds.OWNER_A,
                "seed-a-vm1-boot",
                1,
                true,
                null,
                vm1,
                "/dev/sda");
        Volume boot0 =
                volume("0b4a0e5b-ec77-48da-8478-8171d8a0b46c", RecordedIds.OWNER_A, "", 1, true, null, vm0, "/dev/sda");
        Volume bootB = volume(
                "605c6db3-2033-48a4-8bc5-36be16351b67",
                RecordedIds.OWNER_B,
                "seed-b-vm1-boot",
                1,
                true,
                null,
                vmB,
                "/dev/sda");
        snapshot("6c562bd7-868e-4680-a029-4f8ed61d3b49", boot0, "seed-a-vm0-snap0", Map.of("generation", "0"));
        snapshot("40f30763-3b6a-4d1a-8554-a6b82ddbf72b", boot2, "seed-a-vm2-snap0", Map.of("generation", "0"));
        snapshot(RecordedIds.SNAPSHOT_VM1, boot1, "seed-a-vm1-snap0", Map.of("generation", "0"));
        snapshot("def04361-4f2c-4b52-b9d7-975e2e3c2d63", boot0, "seed-a-vm0-snap1", Map.of("generation", "1"));
        snapshot("9d373e12-160f-436b-a180-48c2d29a88b1", data2, "seed-a-vm2-data-snap", Map.of("vm", "seed-a-vm2"));
        snapshot("f432bcff-088f-4927-9835-e2e4abd6a2f8", bootB, "seed-b-vm1-snap0", Map.of("generation", "0"));
        server(
                vm0,
                RecordedIds.OWNER_A,
                "seed-a-vm0",
                "12",
                null,
                List.of(boot0.id()),
                List.of("7708efb6-d5b7-4048-9479-397c507a10ce"));
        server(
                vm1,
                RecordedIds.OWNER_A,
                "seed-a-vm1",
                "11",
                null,
                List.of(boot1.id()),
                List.of("026fa3a3-9ac4-43ef-957a-5716ec1f93f4", "e0848c91-6d17-49ab-8d67-ba3f7d97a660"));
        server(
                imageBooted,
                RecordedIds.OWNER_A,
                "seed-a-imageboot",
                "12",
                RecordedIds.IMAGE,
                List.of(),
                List.of("6e813731-0519-41ef-9e75-dfb7074acd9d"));
        server(
                vm2,
                RecordedIds.OWNER_A,
                "seed-a-vm2",
                "11",
                null,
                List.of(boot2.id(), data2.id()),
                List.of("8b395dc6-63e1-4457-985c-eabd99dbf49c"));
        server(
                vmB,
                RecordedIds.OWNER_B,
                "seed-b-vm0",
                "12",
                null,
                List.of(bootB.id()),
                List.of("463600e1-ff1a-4b9b-a089-3282a318ec0f"));
    }

    private void snapshot(String id, Volume volume, String name, Map<String, String> metadata) {
        time.advance(Duration.ofSeconds(1));
        cloud.volumes().snapshots().add(id, volume, name, metadata, time.now());
    }
}
