package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.network.PortRequest;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeLife;
import io.vmrestore.simulator.cloud.volume.VolumeRequest;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Connects a server's ports and volumes, makes those that Nova was asked to make, and lets go of them. */
final class ServerDevices {
    private static final String DEVICE_PREFIX = "/dev/vd";
    private static final int DEFAULT_SIZE = 1;

    private final Engine engine;
    private final Servers.Parts parts;

    ServerDevices(Engine engine, Servers.Parts parts) {
        this.engine = engine;
        this.parts = parts;
    }

    /** Plugs the ports in, names the devices and starts attaching; the state with all ids known. */
    ServerState map(Server server) {
        List<Nic> nics = new ArrayList<>();
        for (Nic nic : server.state().nics()) {
            String portId = nic.portId() == null ? makePort(server, nic).id() : nic.portId();
            parts.ports().bind(portId, server.id(), Servers.HOST);
            nics.add(nic.plugged(portId));
        }
        List<Disk> disks = new ArrayList<>();
        boolean imageBooted = server.spec().imageId() != null;
        for (Disk disk : server.state().disks()) {
            String volumeId = disk.volumeId() == null ? makeVolume(server, disk).id() : disk.volumeId();
            disks.add(disk.as(volumeId, deviceName(disks.size() + (imageBooted ? 1 : 0))));
            if (disk.source() == Disk.Source.VOLUME) {
                parts.volumes().life().startAttaching(volumeId);
            }
        }
        return server.state().with(disks, nics);
    }

    Stream<Volume> volumes(Server server) {
        return server.state().disks().stream().flatMap(disk -> parts.volumes().find(disk.volumeId()).stream());
    }

    void connect(Server server) {
        VolumeLife life = parts.volumes().life();
        for (Disk disk : server.state().disks()) {
            if (disk.volumeId() != null && disk.device() != null) {
                life.attach(disk.volumeId(), server.id(), disk.device(), Servers.HOST);
            }
        }
    }

    Disk add(Server server, Volume volume, boolean deleteOnTermination) {
        boolean imageBooted = server.spec().imageId() != null;
        String device = deviceName(server.state().disks().size() + (imageBooted ? 1 : 0));
        parts.volumes().life().attach(volume.id(), server.id(), device, Servers.HOST);
        return new Disk(
                engine.newId(),
                Disk.Source.VOLUME,
                volume.id(),
                volume.id(),
                null,
                false,
                deleteOnTermination,
                device,
                null);
    }

    /** Ports that Nova made go; those made before stay, unbound, with their addresses. */
    void unplug(Server server) {
        for (Nic nic : server.state().nics()) {
            if (nic.portId() == null) {
                continue;
            }
            boolean ours = parts.ports()
                    .find(nic.portId())
                    .map(Port::deviceId)
                    .filter(server.id()::equals)
                    .isPresent();
            if (ours && nic.madeByNova()) {
                parts.ports().discard(nic.portId());
            } else if (ours) {
                parts.ports().unbind(nic.portId());
            }
        }
    }

    void releaseVolumes(Server server) {
        volumes(server).forEach(volume -> parts.volumes().life().release(volume.id(), server.id()));
    }

    /** Deletes the volumes that were to go with the server; one with snapshots stays, and nobody is told. */
    void deleteVolumes(Server server) {
        server.state().disks().stream().filter(Disk::deleteOnTermination).forEach(disk -> {
            String id = disk.volumeId();
            if (id != null) {
                parts.volumes()
                        .life()
                        .deleteWithServer(id, parts.volumes().snapshots().existFor(id));
            }
        });
    }

    private Port makePort(Server server, Nic nic) {
        String networkId = Objects.requireNonNull(nic.networkId(), "networkId");
        List<String> groups = server.spec().securityGroups().stream()
                .flatMap(name -> parts.securityGroups()
                        .ofProject(server.projectId())
                        .filter(group -> group.name().equals(name) || group.id().equals(name)))
                .map(group -> group.id())
                .toList();
        PortRequest request = nic.fixedIp() == null
                ? PortRequest.on(networkId)
                : PortRequest.on(networkId, "", List.of(nic.fixedIp()), groups);
        try {
            return parts.ports().create(novaFor(server), request.withSecurityGroups(groups.isEmpty() ? null : groups));
        } catch (Refused refused) {
            if (refused.type().equals("InvalidIpForNetwork")) {
                throw Refused.badRequest("Invalid input received: Fixed IP " + nic.fixedIp()
                        + " is not a valid ip address for network " + networkId + ".");
            }
            throw refused;
        }
    }

    private Volume makeVolume(Server server, Disk disk) {
        @Nullable String source = disk.sourceId();
        int size = disk.size() == null ? DEFAULT_SIZE : disk.size();
        VolumeRequest request = switch (disk.source()) {
            case SNAPSHOT -> VolumeRequest.ofSnapshot(Objects.requireNonNull(source), disk.size());
            case IMAGE -> VolumeRequest.ofImage(Objects.requireNonNull(source), size);
            case BLANK, VOLUME -> VolumeRequest.blank(size);
        };
        Volume volume = parts.volumes().create(novaFor(server), request);
        parts.volumes().life().promise(volume.id(), server.id());
        return volume;
    }

    private Caller novaFor(Server server) {
        return parts.callers().apply(server.owner());
    }

    private static String deviceName(int index) {
        return DEVICE_PREFIX + (char) ('a' + index);
    }
}
