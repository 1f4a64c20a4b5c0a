package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.Image;
import io.vmrestore.simulator.cloud.Latencies;
import io.vmrestore.simulator.cloud.ManualTime;
import io.vmrestore.simulator.cloud.Owner;
import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Flavor;
import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.ServerSpec;
import io.vmrestore.simulator.cloud.compute.ServerState;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.compute.Task;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.identity.Identity;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.Network;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.network.PortSettings;
import io.vmrestore.simulator.cloud.network.SecurityGroup;
import io.vmrestore.simulator.cloud.network.SecurityGroupRule;
import io.vmrestore.simulator.cloud.network.Subnet;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeAttachment;
import io.vmrestore.simulator.cloud.volume.VolumeLife;
import io.vmrestore.simulator.cloud.volume.VolumeSpec;
import io.vmrestore.simulator.cloud.volume.VolumeState;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.cloud.volume.VolumeType;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.faults.Fault;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cloud in which the recordings were made, with its ids, as far as they look at it. */
final class RecordedCloud {
    static final String PASSWORD = "recorded";
    static final String TENANT_A = "a47cf8b4a2c846d8b1410dbdc41cec4d";
    static final String TENANT_B = "233fa6053085452e8265622e332dfc4d";
    static final String SERVICE = "cf7bcb8cc2c44f02adaa24aeb8d54a61";
    static final String SERVICE_USER = "365ab67fe11148c0b3a4c41bd1b0da01";
    static final String USER_A = "64d63eb01a3348a19ad43a7e4158f834";
    static final String USER_B = "2cb1e7f44be14e8288f8b2f208d5815d";
    static final String ADMIN_USER = "ad000000000000000000000000000000";
    static final String ADMIN_ROLE = "2df0e2e94b594be29a7fec89b501cecb";
    static final String MEMBER_ROLE = "507961d5b21a4974987c7b6ebffaa390";
    static final String READER_ROLE = "5f4f035c3de14cba98a8bfe0f5881b05";
    static final String NET_A1 = "3526bbc4-924c-4fac-a463-9a53270526b8";
    static final String NET_A2 = "97d688e2-0c65-4802-8d4a-dba3bcf17dab";
    static final String NET_B1 = "76665db9-a57f-4a76-90f2-6f98b703cb43";
    static final String NET_TINY = "c415da46-dbb0-44a2-8c48-1eb73fb2ffd1";
    static final String NET_SHARED = "ba59059b-1446-4070-9afa-0c5930a82aa2";
    static final String IMAGE = "01b57e43-2060-4a84-97fa-7e582c5c1c3d";
    static final String OTHER_VOLUME = "27cdc74b-e65d-48fa-a1bd-0981f6c1220e";
    static final String RESTORED_VOLUME = "648d658c-6835-4282-8ad5-b4674295aa7d";
    static final String RESTORED_SERVER = "51ec8288-d23c-4189-b818-c60b256deeb0";
    static final String RESTORED_PORT_1 = "a93e6ee5-078a-4f80-a0a2-3f9dbf7e3441";
    static final String RESTORED_PORT_2 = "0a2a1082-3cd0-4ca4-88b5-69d6317469e5";
    static final String SPARE_PORT = "abbccb28-df8a-4d30-b986-5672139dcc34";
    static final String CANCEL_PORT = "850392e6-6473-459a-96e7-1c979038b0ca";
    static final String RECORDED_VOLUME = "37d05d5a-3ac9-45a7-a5f6-9269cb4ee64a";
    static final String RECORDED_SNAPSHOT = "2787520b-83a6-495d-ad24-ad2e3088c69e";
    static final String RECORDED_PORT = "dc70a136-e47c-451a-aea7-4e3e8482e683";
    static final String SNAPSHOT_VM1 = "6157f867-b5e5-4492-9768-cad1c801322b";

    static final Owner OWNER_A = new Owner(TENANT_A, USER_A);
    static final Owner OWNER_B = new Owner(TENANT_B, USER_B);
    static final Owner SERVICE_ON_A = new Owner(TENANT_A, SERVICE_USER);

    private static final String WEB_A = "714b5d57-df4e-4013-895e-d9164086a281";
    private static final String DEFAULT_A = "f7c068cc-7eb8-47fe-b53c-a60801cee83e";
    private static final String WEB_B = "9bff4ebe-282f-441f-994e-0de710125b20";
    private static final String KEY =
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDL7d6s9pJhkLB+F7U0FCrE0og/U6D12U2rFdpfBWp9MTu523wDrjwTfAds3wZA owner";
    private static final Map<String, String> IMAGE_METADATA = Map.of("image_id", IMAGE, "image_name", "rig-image");

    final ManualTime time = new ManualTime(Instant.parse("2026-11-22T15:43:00Z"));
    final Cloud cloud = new Cloud(
            time, new Random(7), Latencies.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), Duration.ofHours(1));

    RecordedCloud() {
        cloud.run(() -> {
            identities(cloud.identity());
            commons();
            networks();
            seeds();
        });
    }

    /** The server that the recordings restored, running. */
    void restored() {
        cloud.run(() -> {
            port(RESTORED_PORT_1, SERVICE_ON_A, NET_A1, "fa:16:3e:37:05:fc", DEFAULT_A, RESTORED_SERVER, 191);
            port(RESTORED_PORT_2, SERVICE_ON_A, NET_A2, "fa:16:3e:33:b7:16", DEFAULT_A, RESTORED_SERVER, 233);
            volume(RESTORED_VOLUME, SERVICE_ON_A, "rec-boot", 1, true, SNAPSHOT_VM1, RESTORED_SERVER, "/dev/sda");
            server(RESTORED_SERVER, SERVICE_ON_A, "rec-restored", "11", null,
                    List.of(RESTORED_VOLUME), List.of(RESTORED_PORT_1, RESTORED_PORT_2));
        });
    }

    /** What the recordings restored from, before the server was made. */
    void unrestored() {
        cloud.run(() -> {
            port(RESTORED_PORT_1, SERVICE_ON_A, NET_A1, "fa:16:3e:37:05:fc", DEFAULT_A, "", 191);
            port(RESTORED_PORT_2, SERVICE_ON_A, NET_A2, "fa:16:3e:33:b7:16", DEFAULT_A, "", 233);
            volume(RESTORED_VOLUME, SERVICE_ON_A, "rec-boot", 1, true, SNAPSHOT_VM1, null, "");
            cloud.servers().keyPairs().add(SERVICE_USER, "seed-a-key", KEY);
        });
    }

    /** The volume and port that the recordings of failures use, free. */
    void spares() {
        cloud.run(() -> {
            volume(OTHER_VOLUME, SERVICE_ON_A, "rec-other", 1, true, SNAPSHOT_VM1, null, "");
            volume("d1396e2b-2038-4a23-b00f-f9b9b5c38c89", SERVICE_ON_A, "rec-k", 1, true, SNAPSHOT_VM1, null, "");
            volume("20748b31-8f80-44e6-915e-f49f9a8d6d54", SERVICE_ON_A, "rec-blank", 1, false, null, null, "");
            port(SPARE_PORT, SERVICE_ON_A, NET_A1, "fa:16:3e:5e:a4:23", DEFAULT_A, "", 154);
            port(CANCEL_PORT, SERVICE_ON_A, NET_A1, "fa:16:3e:e6:e4:ca", DEFAULT_A, "", 238);
        });
    }

    /** The volume, with or without a snapshot, and the port of Cinder's and Neutron's recordings. */
    void recorded(boolean withSnapshot) {
        cloud.run(() -> {
            volume(RECORDED_VOLUME, SERVICE_ON_A, "rec-vol", 1, true, SNAPSHOT_VM1, null, "");
            Caller owner = cloud.callerFor(SERVICE_ON_A);
            cloud.volumes().rename(owner, RECORDED_VOLUME, null, "restored", Map.of("job", "43"));
            Volume volume = cloud.volumes().visible(owner, RECORDED_VOLUME);
            if (withSnapshot) {
                cloud.volumes().snapshots().add(RECORDED_SNAPSHOT, volume, "rec-snap", Map.of(), time.now());
            }
            port(RECORDED_PORT, SERVICE_ON_A, NET_A1, "fa:16:3e:7d:5f:ee", DEFAULT_A, "", 60);
        });
    }

    /** A volume that was just accepted, scheduled or not. */
    void creating(String id, @Nullable String host) {
        become(id, new VolumeState(VolumeStatus.CREATING, true, host, null, List.of()));
    }

    /** A volume that failed, with the reason among the messages. */
    void doomed(String id) {
        cloud.faults().once("^rec-doomed$", new Fault.VolumeFails(null));
        become(id, new VolumeState(VolumeStatus.CREATING, true, null, null, List.of()));
        cloud.resume();
        time.advance(Duration.ofSeconds(2));
    }

    /** A server that failed, as its recordings found it. */
    void failed(String id, Fault.Stage stage) {
        building(id, stage == Fault.Stage.SCHEDULING ? "18" : "11");
        cloud.faults().once("^rec-failed$", new Fault.ServerFails(stage, null));
        cloud.resume();
        time.advance(Duration.ofSeconds(5));
    }

    /** A server that was just accepted. */
    void building(String id) {
        building(id, "11");
    }

    void building(String id, String flavor) {
        cloud.run(() -> {
            Disk disk = new Disk(
                    "405bbf9a-75bc-4938-aef6-ff9522cfd40b", Disk.Source.VOLUME, OTHER_VOLUME, OTHER_VOLUME, null,
                    true, false, null, null);
            ServerState state = new ServerState(
                    VmState.BUILDING, Task.SCHEDULING, null, List.of(disk), List.of(Nic.ofPort(SPARE_PORT)), null,
                    null, null, null, null, false, true);
            ServerSpec spec = new ServerSpec(
                    "rec-failed", null, cloud.servers().flavors().find(flavor).orElseThrow(), null, null, null, false,
                    Map.of(), List.of(), null, List.of(), "r-x", 9);
            cloud.servers().add(new Server(id, SERVICE_ON_A, spec, state, time.now(), time.now()));
            cloud.volumes().life().reserve(cloud.volumes().find(OTHER_VOLUME).orElseThrow(), id);
        });
    }

    /** Lets the restored server be deleted. */
    void deleteRestored() {
        cloud.run(() -> cloud.servers().delete(cloud.callerFor(SERVICE_ON_A), RESTORED_SERVER));
    }

    private void become(String id, VolumeState state) {
        cloud.run(() -> {
            Volume done = volume(id, SERVICE_ON_A, "rec-doomed", 1, true, SNAPSHOT_VM1, null, "");
            cloud.volumes().add(new Volume(id, done.owner(), done.spec(), state, time.now(), null));
        });
    }

    Volume volume(
            String id,
            Owner owner,
            String name,
            int size,
            boolean bootable,
            @Nullable String snapshotId,
            @Nullable String serverId,
            String device) {
        VolumeSpec spec = new VolumeSpec(
                name,
                null,
                size,
                VolumeType.DEFAULT,
                Volumes.ZONE,
                snapshotId,
                null,
                owner.equals(SERVICE_ON_A) ? Map.of() : Map.of("seed", "yes"),
                bootable ? IMAGE_METADATA : Map.of());
        List<VolumeAttachment> attachments = serverId == null
                ? List.of()
                : List.of(new VolumeAttachment("6ecce48b-c2f4-4a03-b610-d6385aa8a10c", serverId, device, Servers.HOST, time.now()));
        VolumeState state = new VolumeState(
                serverId == null ? VolumeStatus.AVAILABLE : VolumeStatus.IN_USE,
                bootable,
                VolumeLife.BACKEND,
                serverId,
                attachments);
        return cloud.volumes().add(new Volume(id, owner, spec, state, time.now(), time.now()));
    }

    Port port(String id, Owner owner, String network, String mac, String group, String serverId, int host) {
        List<FixedIp> addresses = new ArrayList<>();
        for (Subnet subnet : cloud.networks().subnetsOf(network)) {
            String address = subnet.slaacAddress(mac)
                    .orElseGet(() -> subnet.block().first().plus(BigInteger.valueOf(host)))
                    .toString();
            addresses.add(new FixedIp(subnet.id(), address));
        }
        boolean bound = !serverId.isEmpty();
        return cloud.ports()
                .add(new Port(
                        id,
                        owner.projectId(),
                        network,
                        mac,
                        new PortSettings("", "", true, true, List.of(group), List.of()),
                        addresses,
                        serverId,
                        bound ? "compute:nova" : "",
                        bound ? Servers.HOST : null,
                        Set.of(),
                        2,
                        time.now(),
                        time.now()));
    }

    void server(
            String id,
            Owner owner,
            String name,
            String flavor,
            @Nullable String image,
            List<String> volumeIds,
            List<String> portIds) {
        boolean plain = name.equals("rec-held");
        List<Disk> disks = new ArrayList<>();
        for (String volume : volumeIds) {
            disks.add(new Disk(
                    volume, Disk.Source.VOLUME, volume, volume, null, disks.isEmpty(), false,
                    "/dev/sd" + (char) ('a' + disks.size()), null));
        }
        ServerSpec spec = new ServerSpec(
                name,
                name,
                cloud.servers().flavors().find(flavor).orElseThrow(),
                image,
                plain ? null : "seed-a-key",
                image == null ? "I2Nsb3VkLWNvbmZpZwo=" : null,
                false,
                plain ? Map.of() : Map.of("role", "batch"),
                List.of(),
                null,
                List.of(),
                "r-6km49too",
                Math.toIntExact(cloud.servers().all().count()));
        ServerState state = new ServerState(
                VmState.ACTIVE, null, Servers.HOST, disks, portIds.stream().map(Nic::ofPort).toList(),
                null, time.now(), null, null, null, false, true);
        cloud.servers().add(new Server(id, owner, spec, state, time.now(), time.now()));
    }

    private static void identities(Identity identity) {
        identity.addRole(READER_ROLE, "reader", null);
        identity.addRole(MEMBER_ROLE, "member", READER_ROLE);
        identity.addRole(ADMIN_ROLE, "admin", MEMBER_ROLE);
        identity.addProject(TENANT_A, "tenant-a");
        identity.addProject(TENANT_B, "tenant-b");
        identity.addProject(SERVICE, "service");
        identity.addUser(SERVICE_USER, "snapshot-svc@company.com", PASSWORD);
        identity.addUser(USER_A, "user-a", PASSWORD);
        identity.addUser(USER_B, "user-b", PASSWORD);
        identity.addUser(ADMIN_USER, "admin", PASSWORD);
        identity.grant(TENANT_A, SERVICE_USER, ADMIN_ROLE);
        identity.grant(TENANT_A, USER_A, MEMBER_ROLE);
        identity.grant(TENANT_B, USER_B, MEMBER_ROLE);
        identity.grant(SERVICE, ADMIN_USER, ADMIN_ROLE);
    }

    private void commons() {
        var flavors = cloud.servers().flavors();
        flavors.put(new Flavor("11", "rig.nano", 1, 128, 0, Map.of()));
        flavors.put(new Flavor("12", "rig.small", 1, 512, 10, Map.of()));
        flavors.put(new Flavor("18", "rig.nohost", 1, 64, 0, Map.of("trait:CUSTOM_NOWHERE", "required")));
        cloud.images().put(new Image(IMAGE, "rig-image", Map.of()));
        cloud.volumes()
                .types()
                .put(new VolumeType("091154c0-4024-4caf-9f07-af6dbe770182", VolumeType.DEFAULT, "Default Volume Type", true));
        cloud.volumes().types().put(new VolumeType("52783a35-8f92-4eb7-a920-5e0a2ab5da30", "rec-nowhere", "", false));
        cloud.servers().keyPairs().add(USER_A, "seed-a-key", KEY);
    }

    private void networks() {
        network(NET_A1, TENANT_A, "net-a1", false);
        network(NET_A2, TENANT_A, "net-a2", false);
        network(NET_TINY, TENANT_A, "net-a-tiny", false);
        network(NET_B1, TENANT_B, "net-b1", false);
        network(NET_SHARED, SERVICE, "net-shared", true);
        subnet("5a098740-3ead-4145-8979-b66badff9929", NET_A1, TENANT_A, "10.10.0.", "2", "254");
        subnet("40eba2f2-d384-4360-bfb2-936c0cfeb75d", NET_A2, TENANT_A, "10.11.0.", "2", "254");
        subnet("6c003006-4620-4954-bc7c-fd4e65a846c9", NET_TINY, TENANT_A, "10.12.0.", "2", "3");
        subnet("a538827f-77d8-458d-bc62-2c02d888edfe", NET_B1, TENANT_B, "10.20.0.", "2", "254");
        subnet("ea5a85c8-2999-44e4-8dbf-d2395a9e79a3", NET_SHARED, SERVICE, "10.99.0.", "2", "254");
        subnet6("337ac492-457f-4b36-9fd7-1b77bd48e459", NET_A1, TENANT_A, "fd10:10::", Subnet.STATEFUL);
        subnet6("e17bf4ed-c96d-4b0a-87d6-1ad997826845", NET_B1, TENANT_B, "fd20:20::", Subnet.SLAAC);
        group(WEB_A, TENANT_A, "seed-a-web");
        group(DEFAULT_A, TENANT_A, SecurityGroup.DEFAULT);
        group(WEB_B, TENANT_B, "seed-b-web");
    }

    private void seeds() {
        String vm2 = "aa598592-367e-4a77-9ef8-b86659bfc4e3";
        String vm1 = "2a543caf-bcbf-4898-a3a6-65210ebf02c1";
        String vm0 = "63f3148e-53b5-450a-951e-f9fdf3d17b50";
        String imageBooted = "c090a455-e4aa-46fb-91b2-aab15bfda49b";
        String vmB = "5e706782-2a0a-49e1-9944-2294f8fcaf24";
        port("8b395dc6-63e1-4457-985c-eabd99dbf49c", OWNER_A, NET_A1, "fa:16:3e:2c:5f:4e", WEB_A, vm2, 102);
        port("026fa3a3-9ac4-43ef-957a-5716ec1f93f4", OWNER_A, NET_A1, "fa:16:3e:36:ed:0e", WEB_A, vm1, 74);
        port("e0848c91-6d17-49ab-8d67-ba3f7d97a660", OWNER_A, NET_A2, "fa:16:3e:43:27:57", WEB_A, vm1, 124);
        port("7708efb6-d5b7-4048-9479-397c507a10ce", OWNER_A, NET_A1, "fa:16:3e:5a:cc:03", WEB_A, vm0, 136);
        port("6e813731-0519-41ef-9e75-dfb7074acd9d", OWNER_A, NET_A1, "fa:16:3e:06:44:cd", DEFAULT_A, imageBooted, 152);
        port("463600e1-ff1a-4b9b-a089-3282a318ec0f", OWNER_B, NET_B1, "fa:16:3e:9d:d0:f2", WEB_B, vmB, 198);
        Volume boot2 = volume("5319b110-35bb-4dd5-a368-2440a6563511", OWNER_A, "seed-a-vm2-boot", 2, true, null, vm2, "/dev/sda");
        Volume data2 = volume("7283d950-fe32-4054-be63-92fa96290952", OWNER_A, "seed-a-vm2-data", 1, false, null, vm2, "/dev/sdb");
        Volume boot1 = volume("ee0c65da-ef31-4fd9-9b98-919eaec6b8ac", OWNER_A, "seed-a-vm1-boot", 1, true, null, vm1, "/dev/sda");
        Volume boot0 = volume("0b4a0e5b-ec77-48da-8478-8171d8a0b46c", OWNER_A, "", 1, true, null, vm0, "/dev/sda");
        Volume bootB = volume("605c6db3-2033-48a4-8bc5-36be16351b67", OWNER_B, "seed-b-vm1-boot", 1, true, null, vmB, "/dev/sda");
        snapshot("6c562bd7-868e-4680-a029-4f8ed61d3b49", boot0, "seed-a-vm0-snap0", Map.of("generation", "0"));
        snapshot("40f30763-3b6a-4d1a-8554-a6b82ddbf72b", boot2, "seed-a-vm2-snap0", Map.of("generation", "0"));
        snapshot(SNAPSHOT_VM1, boot1, "seed-a-vm1-snap0", Map.of("generation", "0"));
        snapshot("def04361-4f2c-4b52-b9d7-975e2e3c2d63", boot0, "seed-a-vm0-snap1", Map.of("generation", "1"));
        snapshot("9d373e12-160f-436b-a180-48c2d29a88b1", data2, "seed-a-vm2-data-snap", Map.of("vm", "seed-a-vm2"));
        snapshot("f432bcff-088f-4927-9835-e2e4abd6a2f8", bootB, "seed-b-vm1-snap0", Map.of("generation", "0"));
        server(vm0, OWNER_A, "seed-a-vm0", "12", null, List.of(boot0.id()), List.of("7708efb6-d5b7-4048-9479-397c507a10ce"));
        server(vm1, OWNER_A, "seed-a-vm1", "11", null, List.of(boot1.id()),
                List.of("026fa3a3-9ac4-43ef-957a-5716ec1f93f4", "e0848c91-6d17-49ab-8d67-ba3f7d97a660"));
        server(imageBooted, OWNER_A, "seed-a-imageboot", "12", IMAGE, List.of(), List.of("6e813731-0519-41ef-9e75-dfb7074acd9d"));
        server(vm2, OWNER_A, "seed-a-vm2", "11", null, List.of(boot2.id(), data2.id()), List.of("8b395dc6-63e1-4457-985c-eabd99dbf49c"));
        server(vmB, OWNER_B, "seed-b-vm0", "12", null, List.of(bootB.id()), List.of("463600e1-ff1a-4b9b-a089-3282a318ec0f"));
    }

    private void snapshot(String id, Volume volume, String name, Map<String, String> metadata) {
        time.advance(Duration.ofSeconds(1));
        cloud.volumes().snapshots().add(id, volume, name, metadata, time.now());
    }

    private void network(String id, String project, String name, boolean shared) {
        cloud.networks().add(new Network(id, project, name, shared, false, time.now()));
    }

    private void subnet(String id, String network, String project, String prefix, String from, String to) {
        cloud.networks()
                .add(new Subnet(id, project, network, "sub", prefix + "0/24", prefix + "1", prefix + from, prefix + to, null, time.now()));
    }

    private void subnet6(String id, String network, String project, String prefix, String mode) {
        cloud.networks()
                .add(new Subnet(id, project, network, "sub6", prefix + "/64", prefix, prefix + "1", prefix + "ffff", mode, time.now()));
    }

    private void group(String id, String project, String name) {
        List<SecurityGroupRule> rules = List.of(
                new SecurityGroupRule("a1baa32d-9178-4b31-9396-9c557bc0f13a", "egress", "IPv6", null, null, null),
                new SecurityGroupRule("b091cb20-a4fe-4057-ac07-34788ffd4ca3", "ingress", "IPv4", "tcp", 443, null));
        cloud.securityGroups().add(new SecurityGroup(id, project, name, "seeded", rules, time.now()));
    }
}
