package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Refused;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Nova checks before it answers 202, and in which words it refuses; everything else fails later. */
final class ServerAcceptance {
    private final Servers servers;
    private final Servers.Parts parts;
    private final NicChecks nicChecks;

    ServerAcceptance(Servers servers, Servers.Parts parts) {
        this.servers = servers;
        this.parts = parts;
        this.nicChecks = new NicChecks(parts);
    }

    /** A request that passed all checks. */
    record Accepted(Caller caller, ServerRequest request, Flavor flavor, List<Nic> nics) {
        Server server(Engine engine, int number) {
            List<Disk> disks = request.disks().stream()
                    .map(wanted -> new Disk(
                            engine.newId(),
                            wanted.source(),
                            wanted.sourceId(),
                            wanted.source() == Disk.Source.VOLUME ? wanted.sourceId() : null,
                            wanted.size(),
                            wanted.boots(),
                            wanted.deleteOnTermination(),
                            null,
                            wanted.tag()))
                    .toList();
            ServerSpec spec = new ServerSpec(
                    request.name(),
                    request.description(),
                    flavor,
                    request.imageId(),
                    request.keyName(),
                    request.userData(),
                    request.configDrive(),
                    request.metadata(),
                    request.tags(),
                    request.serverGroupId(),
                    request.securityGroups(),
                    "r-" + HexFormat.of().toHexDigits(engine.random().nextInt()),
                    number);
            return new Server(
                    engine.newId(),
                    new Owner(caller.projectId(), caller.userId()),
                    spec,
                    ServerState.accepted(disks, nics),
                    engine.now(),
                    engine.now());
        }
    }

    Accepted check(Caller caller, ServerRequest request) {
        if (!caller.mayChange()) {
            throw Refused.forbidden("Policy doesn't allow os_compute_api:servers:create to be performed.");
        }
        Flavor flavor = servers.flavors()
                .find(request.flavorId())
                .orElseThrow(() -> Refused.badRequest("Flavor " + request.flavorId() + " could not be found."));
        checkKeyAndZone(caller, request);
        checkDisks(caller, request);
        List<Nic> nics = nicChecks.check(caller, request);
        servers.limits().check(caller.projectId(), flavor, request.metadata().size());
        return new Accepted(caller, request, flavor, nics);
    }

    void reserveVolumes(Server server) {
        for (Disk disk : server.state().disks()) {
            parts.volumes()
                    .find(disk.volumeId())
                    .ifPresent(volume -> parts.volumes().life().reserve(volume, server.id()));
        }
    }

    private void checkKeyAndZone(Caller caller, ServerRequest request) {
        if (request.keyName() != null
                && servers.keyPairs().find(caller.userId(), request.keyName()).isEmpty()) {
            throw Refused.badRequest("Invalid key_name provided.");
        }
        if (request.availabilityZone() != null && !request.availabilityZone().equals(Volumes.ZONE)) {
            throw Refused.badRequest("The requested availability zone is not available");
        }
        if (request.serverGroupId() != null
                && servers.groups().find(request.serverGroupId()).isEmpty()) {
            throw Refused.badRequest(
                    "The value of 'group' in scheduler hints is not a valid server group: " + request.serverGroupId());
        }
    }

    private void checkDisks(Caller caller, ServerRequest request) {
        if (request.imageId() == null) {
            if (request.disks().isEmpty()) {
                throw Refused.badRequest("Missing imageRef attribute");
            }
            if (request.disks().stream().noneMatch(ServerRequest.WantedDisk::boots)) {
                throw Refused.badRequest("Block Device Mapping is Invalid: Boot sequence for the instance and"
                        + " image/block device mapping combination is not valid.");
            }
        } else if (parts.images().find(request.imageId()).isEmpty()) {
            throw Refused.badRequest("Image " + request.imageId() + " could not be found.");
        }
        request.disks().forEach(disk -> checkDisk(caller, disk));
    }

    private void checkDisk(Caller caller, ServerRequest.WantedDisk disk) {
        @Nullable String id = disk.sourceId();
        switch (disk.source()) {
            case VOLUME -> checkVolume(caller, Objects.requireNonNullElse(id, ""), disk.boots());
            case SNAPSHOT -> {
                if (!seesSnapshot(caller, Objects.requireNonNullElse(id, ""))) {
                    throw Refused.badRequest("Snapshot " + id + " could not be found.");
                }
            }
            case IMAGE -> {
                if (parts.images().find(id).isEmpty()) {
                    throw Refused.badRequest("Block Device Mapping is Invalid: failed to get image " + id + ".");
                }
            }
            case BLANK -> {
                if (disk.size() == null) {
                    throw Refused.badRequest("Block Device Mapping is Invalid: Blank volumes (source: 'blank', dest:"
                            + " 'volume') need to have non-zero size.");
                }
            }
        }
    }

    private boolean seesSnapshot(Caller caller, String id) {
        return parts.volumes()
                .snapshots()
                .find(id)
                .filter(snapshot -> caller.sees(snapshot.projectId()))
                .isPresent();
    }

    private void checkVolume(Caller caller, String id, boolean boots) {
        Volume volume = parts.volumes()
                .find(id)
                .filter(known -> caller.sees(known.projectId()))
                .orElseThrow(
                        () -> Refused.badRequest("Block Device Mapping is Invalid: failed to get volume " + id + "."));
        if (boots && !volume.state().bootable()) {
            throw Refused.badRequest("Block Device " + id + " is not bootable.");
        }
        if (!volume.is(VolumeStatus.AVAILABLE)) {
            throw Refused.badRequest("Invalid volume: Invalid input received: Invalid volume: Volume " + id
                    + " status must be available or downloading to reserve, but the current status is "
                    + volume.status().text() + ". (HTTP 400)");
        }
    }
}
