package io.vmrestore.simulator;

import io.vmrestore.simulator.SampleCloud.Tenant;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.Owner;
import io.vmrestore.simulator.cloud.Quotas;
import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.ServerSpec;
import io.vmrestore.simulator.cloud.compute.ServerState;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.network.FixedIp;
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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts servers, volumes, snapshots, ports and keys into one tenant of the sample cloud. */
final class SampleTenant {
    private static final int BOOT_SIZE = 10;
    private static final int DATA_SIZE = 20;
    private static final String PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoOnlyThereIsNoPrivateKeyForThis0 ";

    private final Cloud cloud;
    private final Tenant tenant;
    private final Owner owner;
    private final Instant now;
    private final String webGroup;

    SampleTenant(Cloud cloud, Tenant tenant) {
        this.cloud = cloud;
        this.tenant = tenant;
        this.owner = new Owner(tenant.projectId(), tenant.ownerId());
        this.now = cloud.engine().now();
        this.webGroup = tenant.id("security-group/web");
    }

    void fill() {
        cloud.securityGroups().add(new SecurityGroup(
                webGroup,
                tenant.projectId(),
                tenant.projectName() + "-web",
                "HTTPS and SSH from anywhere",
                List.of(rule("egress", null), rule("ingress", 443), rule("ingress", 22)),
                daysAgo(60)));
        cloud.servers().keyPairs().add(tenant.ownerId(), tenant.keyName(), PUBLIC_KEY + tenant.owner());
        addWebServer();
        addAppServer();
        addDbServer();
        addStatelessServer();
    }

    void raiseQuotas() {
        Map<String, Integer> unlimited = Map.of(
                "instances", Quotas.UNLIMITED, "cores", Quotas.UNLIMITED, "ram", Quotas.UNLIMITED);
        cloud.servers().quotas().change(tenant.projectId(), unlimited);
        cloud.volumes()
                .limits()
                .quotas()
                .change(
                        tenant.projectId(),
                        Map.of(
                                "volumes", Quotas.UNLIMITED,
                                "gigabytes", Quotas.UNLIMITED,
                                "snapshots", Quotas.UNLIMITED));
        cloud.ports().quotas().change(tenant.projectId(), Map.of("port", Quotas.UNLIMITED));
    }

    String addLoadServer(int number, String networkId) {
        String name = "load-" + number;
        Port card = addPort(name, 0, networkId, defaultGroup(), 2 + number);
        addServer(name, List.of(addBootVolume(name)), List.of(card), spec(name));
        addSnapshot(name, name, 1);
        return tenant.id("server/" + name);
    }

    private void addWebServer() {
        String name = "web-1";
        List<String> groups = List.of(webGroup, defaultGroup().getFirst());
        Port front = addPort(name, 0, tenant.frontNetworkId(), groups, 10);
        Port back = addPort(name, 1, tenant.backNetworkId(), defaultGroup(), 10);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("role", "web");
        metadata.put("backup", "daily");
        ServerSpec plain = spec(name);
        ServerSpec rich = new ServerSpec(
                name,
                "The front door",
                plain.flavor(),
                null,
                tenant.keyName(),
                Base64.getEncoder().encodeToString(userData(name).getBytes(StandardCharsets.UTF_8)),
                true,
                metadata,
                List.of("production", "team-web"),
                null,
                List.of(tenant.projectName() + "-web"),
                plain.reservationId(),
                plain.number());
        addServer(name, List.of(addBootVolume(name)), List.of(front, back), rich);
        addSnapshot(name, name + "-monthly", 30);
        addSnapshot(name, name + "-weekly", 7);
        addSnapshot(name, name + "-daily", 1);
    }

    private void addAppServer() {
        String name = "app-1";
        Port card = addPort(name, 0, tenant.backNetworkId(), defaultGroup(), 20);
        addServer(name, List.of(addBootVolume(name)), List.of(card), spec(name));
        addSnapshot(name, name + "-weekly", 7);
        addSnapshot(name, name + "-daily", 1);
    }

    private void addDbServer() {
        String name = "db-1";
        Port card = addPort(name, 0, tenant.backNetworkId(), defaultGroup(), 30);
        Volume boot = addBootVolume(name);
        Volume data = addVolume(name + "-data", DATA_SIZE, false, Map.of("purpose", "data"), name, "/dev/vdb");
        addServer(name, List.of(boot, data), List.of(card), spec(name));
        addSnapshot(name, name + "-weekly", 7);
        addSnapshot(name, name + "-daily", 1);
        cloud.volumes()
                .snapshots()
                .add(tenant.id("snapshot/" + name + "-data"), data, name + "-data", Map.of("vm", name), daysAgo(1));
    }

    private void addStatelessServer() {
        String name = "stateless-1";
        Port card = addPort(name, 0, tenant.frontNetworkId(), defaultGroup(), 40);
        ServerSpec spec = spec(name);
        ServerSpec imageBooted = new ServerSpec(
                name,
                null,
                cloud.servers().flavors().find(SampleCloud.FLAVOR_MEDIUM_ID).orElseThrow(),
                SampleCloud.IMAGE_ID,
                tenant.keyName(),
                null,
                false,
                Map.of("role", "stateless"),
                List.of(),
                null,
                List.of(),
                spec.reservationId(),
                spec.number());
        addServer(name, List.of(), List.of(card), imageBooted);
    }

    private ServerSpec spec(String name) {
        int number = Math.toIntExact(cloud.servers().all().count()) + 1;
        return new ServerSpec(
                name,
                null,
                cloud.servers().flavors().find(SampleCloud.FLAVOR_SMALL_ID).orElseThrow(),
                null,
                tenant.keyName(),
                null,
                false,
                Map.of(),
                List.of(),
                null,
                List.of(),
                "r-sample" + number,
                number);
    }

    private void addServer(String name, List<Volume> volumes, List<Port> ports, ServerSpec spec) {
        String id = tenant.id("server/" + name);
        List<Disk> disks = new ArrayList<>();
        for (Volume volume : volumes) {
            boolean boot = disks.isEmpty();
            disks.add(new Disk(
                    tenant.id("disk/" + volume.spec().name()),
                    Disk.Source.VOLUME,
                    volume.id(),
                    volume.id(),
                    null,
                    boot,
                    false,
                    volume.state().attachments().getFirst().device(),
                    null));
        }
        List<Nic> nics = ports.stream().map(port -> Nic.ofPort(port.id())).toList();
        Instant created = daysAgo(40);
        ServerState state = new ServerState(
                VmState.ACTIVE, null, Servers.HOST, disks, nics, null, created, null, null, null, false, true);
        cloud.servers().add(new Server(id, owner, spec, state, created, created));
    }

    private Volume addBootVolume(String serverName) {
        Map<String, String> image = new LinkedHashMap<>();
        image.put("image_id", SampleCloud.IMAGE_ID);
        image.put("image_name", "debian-13");
        image.put("os_distro", "debian");
        image.put("hw_disk_bus", "virtio");
        image.put("hw_firmware_type", "uefi");
        return addVolume(serverName + "-boot", BOOT_SIZE, true, image, serverName, "/dev/vda");
    }

    private Volume addVolume(
            String name, int size, boolean bootable, Map<String, String> details, String serverName, String device) {
        Instant created = daysAgo(40);
        VolumeSpec spec = new VolumeSpec(
                name,
                null,
                size,
                VolumeType.DEFAULT,
                Volumes.ZONE,
                null,
                null,
                bootable ? Map.of() : details,
                bootable ? details : Map.of());
        String serverId = tenant.id("server/" + serverName);
        VolumeAttachment attachment =
                new VolumeAttachment(tenant.id("attachment/" + name), serverId, device, Servers.HOST, created);
        VolumeState state = new VolumeState(
                VolumeStatus.IN_USE, bootable, VolumeLife.BACKEND, serverId, List.of(attachment));
        return cloud.volumes().add(new Volume(tenant.id("volume/" + name), owner, spec, state, created, created));
    }

    private void addSnapshot(String serverName, String name, int daysOld) {
        Volume boot = cloud.volumes()
                .find(tenant.id("volume/" + serverName + "-boot"))
                .orElseThrow();
        cloud.volumes()
                .snapshots()
                .add(tenant.id("snapshot/" + name), boot, name, Map.of("vm", serverName), daysAgo(daysOld));
    }

    private Port addPort(String serverName, int card, String networkId, List<String> groups, int host) {
        String id = tenant.id("port/" + serverName + "-" + card);
        String mac = mac(id);
        List<FixedIp> addresses = new ArrayList<>();
        for (Subnet subnet : cloud.networks().subnetsOf(networkId)) {
            String address = subnet.slaacAddress(mac)
                    .orElseGet(() -> subnet.block().first().plus(BigInteger.valueOf(host)))
                    .toString();
            addresses.add(new FixedIp(subnet.id(), address));
        }
        PortSettings settings =
                new PortSettings(serverName + "-" + card, "", true, true, groups, List.of());
        Instant created = daysAgo(40);
        return cloud.ports()
                .add(new Port(
                        id,
                        tenant.projectId(),
                        networkId,
                        mac,
                        settings,
                        addresses,
                        tenant.id("server/" + serverName),
                        "compute:nova",
                        Servers.HOST,
                        Set.of(),
                        3,
                        created,
                        created));
    }

    private List<String> defaultGroup() {
        return List.of(cloud.securityGroups().defaultOf(tenant.projectId()).id());
    }

    private SecurityGroupRule rule(String direction, @Nullable Integer port) {
        return new SecurityGroupRule(
                tenant.id("rule/" + direction + port), direction, "IPv4", port == null ? null : "tcp", port, null);
    }

    private Instant daysAgo(int days) {
        return now.minus(Duration.ofDays(days));
    }

    private static String mac(String id) {
        return String.join(":", "fa", "16", id.substring(0, 2), id.substring(2, 4), id.substring(4, 6), id.substring(6, 8));
    }

    private static String userData(String host) {
        return """
                #cloud-config
                hostname: %s
                write_files:
                  - path: /etc/motd
                    content: "made by cloud-init; the password is not here\\n"
                runcmd:
                  - [systemctl, restart, nginx]
                """
                .formatted(host);
    }
}
