package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.ServerSpec;
import io.vmrestore.simulator.cloud.compute.ServerState;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.compute.VmState;
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
import io.vmrestore.simulator.engine.Owner;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts single resources into a recorded cloud, as if they had been there before. */
class RecordedParts {
    private static final Map<String, String> IMAGE_METADATA =
            Map.of("image_id", RecordedIds.IMAGE, "image_name", "rig-image");

    final Cloud cloud;

    RecordedParts(Cloud cloud) {
        this.cloud = cloud;
    }

    /** A free volume made of the recordings' favourite snapshot. */
    Volume bootVolume(String id, String name) {
        return volume(id, RecordedIds.SERVICE_ON_A, name, 1, true, RecordedIds.SNAPSHOT_VM1, null, "");
    }

    /** A free port of the service user on the first network. */
    Port freePort(String id, String mac, int host) {
        return port(id, RecordedIds.SERVICE_ON_A, RecordedIds.NET_A1, mac, RecordedSeeds.DEFAULT_A, "", host);
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
                owner.equals(RecordedIds.SERVICE_ON_A) ? Map.of() : Map.of("seed", "yes"),
                bootable ? IMAGE_METADATA : Map.of());
        List<VolumeAttachment> attachments = serverId == null
                ? List.of()
                : List.of(new VolumeAttachment(
                        "6ecce48b-c2f4-4a03-b610-d6385aa8a10c",
                        serverId,
                        device,
                        Servers.HOST,
                        cloud.engine().now()));
        VolumeState state = new VolumeState(
                serverId == null ? VolumeStatus.AVAILABLE : VolumeStatus.IN_USE,
                bootable,
                VolumeLife.BACKEND,
                serverId,
                attachments);
        return cloud.volumes()
                .add(new Volume(
                        id,
                        owner,
                        spec,
                        state,
                        cloud.engine().now(),
                        cloud.engine().now()));
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
                        cloud.engine().now(),
                        cloud.engine().now()));
    }

    void server(
            String id,
            Owner owner,
            String name,
            String flavor,
            @Nullable String image,
            List<String> volumeIds,
            List<String> portIds) {
        boolean bare = name.equals("rec-noflavor");
        boolean plain = bare || name.equals("rec-held");
        List<Disk> disks = new ArrayList<>();
        for (String volume : volumeIds) {
            disks.add(new Disk(
                    volume,
                    Disk.Source.VOLUME,
                    volume,
                    volume,
                    null,
                    disks.isEmpty(),
                    false,
                    "/dev/sd" + (char) ('a' + disks.size()),
                    null));
        }
        ServerSpec spec = new ServerSpec(
                name,
                bare ? null : name,
                cloud.servers().flavors().find(flavor).orElseThrow(),
                image,
                plain ? null : "seed-a-key",
                image == null && !bare ? "I2Nsb3VkLWNvbmZpZwo=" : null,
                false,
                plain ? Map.of() : Map.of("role", "batch"),
                List.of(),
                null,
                List.of(),
                "r-6km49too",
                Math.toIntExact(cloud.servers().all().count()));
        ServerState state = new ServerState(
                VmState.ACTIVE,
                null,
                Servers.HOST,
                disks,
                portIds.stream().map(Nic::ofPort).toList(),
                null,
                cloud.engine().now(),
                null,
                null,
                null,
                false,
                true);
        cloud.servers()
                .add(new Server(
                        id,
                        owner,
                        spec,
                        state,
                        cloud.engine().now(),
                        cloud.engine().now()));
    }

    void network(String id, String project, String name, boolean shared) {
        cloud.networks()
                .add(new Network(
                        id, project, name, shared, false, cloud.engine().now()));
    }

    void subnet(String id, String network, String project, String prefix, String from, String to) {
        cloud.networks()
                .add(new Subnet(
                        id,
                        project,
                        network,
                        "sub",
                        prefix + "0/24",
                        prefix + "1",
                        prefix + from,
                        prefix + to,
                        null,
                        cloud.engine().now()));
    }

    void subnet6(String id, String network, String project, String prefix, String mode) {
        cloud.networks()
                .add(new Subnet(
                        id,
                        project,
                        network,
                        "sub6",
                        prefix + "/64",
                        prefix,
                        prefix + "1",
                        prefix + "ffff",
                        mode,
                        cloud.engine().now()));
    }

    void group(String id, String project, String name) {
        List<SecurityGroupRule> rules = List.of(
                new SecurityGroupRule("a1baa32d-9178-4b31-9396-9c557bc0f13a", "egress", "IPv6", null, null, null),
                new SecurityGroupRule("b091cb20-a4fe-4057-ac07-34788ffd4ca3", "ingress", "IPv4", "tcp", 443, null));
        cloud.securityGroups()
                .add(new SecurityGroup(
                        id, project, name, "seeded", rules, cloud.engine().now()));
    }
}
