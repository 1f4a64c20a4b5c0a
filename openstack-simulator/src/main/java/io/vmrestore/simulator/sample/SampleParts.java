package io.vmrestore.simulator.sample;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.ServerSpec;
import io.vmrestore.simulator.cloud.compute.ServerState;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.network.PortSettings;
import io.vmrestore.simulator.cloud.network.Subnet;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeAttachment;
import io.vmrestore.simulator.cloud.volume.VolumeLife;
import io.vmrestore.simulator.cloud.volume.VolumeSpec;
import io.vmrestore.simulator.cloud.volume.VolumeState;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.cloud.volume.VolumeType;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the parts of one sample tenant: running servers with their volumes, ports and snapshots, as if they had been
 * there for weeks.
 */
final class SampleParts {
    private static final int BOOT_SIZE = 10;
    private static final int DATA_SIZE = 20;

    private final Cloud cloud;
    private final Tenant tenant;
    private final Owner owner;
    private final Instant now;

    SampleParts(Cloud cloud, Tenant tenant) {
        this.cloud = cloud;
        this.tenant = tenant;
        this.owner = new Owner(tenant.projectId(), tenant.ownerId());
        this.now = cloud.engine().now();
    }

    ServerSpec spec(String name) {
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

    /** A running server; its first volume is the boot disk unless it boots from an image. */
    Server addServer(String name, List<Volume> volumes, List<Port> ports, ServerSpec spec) {
        String id = tenant.id("server/" + name);
        List<Disk> disks = new ArrayList<>();
        for (Volume volume : volumes) {
            boolean boot = disks.isEmpty() && spec.imageId() == null;
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
        return cloud.servers().add(new Server(id, owner, spec, state, created, created));
    }

    Volume addBootVolume(String serverName) {
        return addVolume(serverName, "-boot", BOOT_SIZE, Map.of(), imageMetadata(), "/dev/vda");
    }

    /** A data volume that a server could boot from, but does not. */
    Volume addBootableDataVolume(String serverName) {
        return addVolume(serverName, "-data", DATA_SIZE, Map.of("purpose", "data"), imageMetadata(), "/dev/vdb");
    }

    /** A boot volume whose server is gone. */
    Volume addFreeVolume(String name) {
        Instant created = daysAgo(40);
        VolumeSpec spec = new VolumeSpec(
                name, null, BOOT_SIZE, VolumeType.DEFAULT, Volumes.ZONE, null, null, Map.of(), imageMetadata());
        VolumeState state = new VolumeState(VolumeStatus.AVAILABLE, true, VolumeLife.BACKEND, null, List.of());
        return cloud.volumes().add(new Volume(tenant.id("volume/" + name), owner, spec, state, created, created));
    }

    private static Map<String, String> imageMetadata() {
        Map<String, String> image = new LinkedHashMap<>();
        image.put("image_id", SampleCloud.IMAGE_ID);
        image.put("image_name", "debian-13");
        image.put("os_distro", "debian");
        image.put("hw_disk_bus", "virtio");
        image.put("hw_firmware_type", "uefi");
        return image;
    }

    Volume addDataVolume(String serverName) {
        return addVolume(serverName, "-data", DATA_SIZE, Map.of("purpose", "data"), Map.of(), "/dev/vdb");
    }

    /** A volume in use; with image metadata it is bootable. */
    private Volume addVolume(
            String serverName,
            String suffix,
            int size,
            Map<String, String> metadata,
            Map<String, String> imageMetadata,
            String device) {
        Instant created = daysAgo(40);
        String name = serverName + suffix;
        VolumeSpec spec =
                new VolumeSpec(name, null, size, VolumeType.DEFAULT, Volumes.ZONE, null, null, metadata, imageMetadata);
        String serverId = tenant.id("server/" + serverName);
        VolumeAttachment attachment =
                new VolumeAttachment(tenant.id("attachment/" + name), serverId, device, Servers.HOST, created);
        VolumeState state = new VolumeState(
                VolumeStatus.IN_USE, !imageMetadata.isEmpty(), VolumeLife.BACKEND, serverId, List.of(attachment));
        return cloud.volumes().add(new Volume(tenant.id("volume/" + name), owner, spec, state, created, created));
    }

    void addSnapshot(String serverName, String name, int daysOld) {
        addSnapshot(serverName, serverName + "-boot", name, daysOld);
    }

    void addSnapshot(String serverName, String volumeName, String name, int daysOld) {
        Volume volume = cloud.volumes().find(tenant.id("volume/" + volumeName)).orElseThrow();
        cloud.volumes()
                .snapshots()
                .add(tenant.id("snapshot/" + name), volume, name, Map.of("vm", serverName), daysAgo(daysOld));
    }

    Port addPort(String serverName, int card, String networkId, List<String> groups, int host) {
        String id = tenant.id("port/" + serverName + "-" + card);
        String mac = mac(id);
        List<FixedIp> addresses = new ArrayList<>();
        for (Subnet subnet : cloud.networks().subnetsOf(networkId)) {
            String address = subnet.slaacAddress(mac)
                    .orElseGet(() -> subnet.block().first().plus(BigInteger.valueOf(host)))
                    .toString();
            addresses.add(new FixedIp(subnet.id(), address));
        }
        PortSettings settings = new PortSettings(serverName + "-" + card, "", true, true, groups, List.of());
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

    List<String> defaultGroup() {
        return List.of(cloud.securityGroups().defaultOf(tenant.projectId()).id());
    }

    /** The tenant's owner as whoever changes something later. */
    Caller caller() {
        return cloud.callerFor(owner);
    }

    Instant daysAgo(int days) {
        return now.minus(Duration.ofDays(days));
    }

    private static String mac(String id) {
        return String.join(
                ":", "fa", "16", id.substring(0, 2), id.substring(2, 4), id.substring(4, 6), id.substring(6, 8));
    }
}
