package io.vmrestore.survey;

import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.volume.Volume;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What other sources know of a resource that its service calls absent; null if none of them contradicts. A volume that
 * is being detached and a port that is unbound already contradict nothing: they follow their server late.
 */
final class Contradictions {
    private static final Set<String> HELD = Set.of("in-use", "attaching");

    private final ProjectCloud cloud;

    Contradictions(ProjectCloud cloud) {
        this.cloud = cloud;
    }

    /** The list of servers, the volumes that are attached to it, and its ports. */
    @Nullable
    String ofServer(String id) {
        return ofServer(id, port -> true);
    }

    /** As {@link #ofServer}, but of its ports only those that are plugged in. */
    @Nullable
    String ofServerWithIdlePorts(String id) {
        return ofServer(id, port -> port.status().equals("ACTIVE"));
    }

    private @Nullable String ofServer(String id, Predicate<Port> counts) {
        Optional<Server> listed = cloud.compute().servers(ServerQuery.withId(id)).stream()
                .filter(server -> !server.status().endsWith("DELETED"))
                .findFirst();
        if (listed.isPresent()) {
            return "the list of servers shows it as " + listed.get().status();
        }
        for (Volume volume : cloud.volumes().volumes()) {
            if (HELD.contains(volume.status())
                    && volume.attachments().stream()
                            .anyMatch(attachment -> attachment.serverId().equals(id))) {
                return "volume " + volume.id() + " is " + volume.status() + " with it";
            }
        }
        return cloud.network().portsOfServer(id).stream()
                .filter(counts)
                .findFirst()
                .map(port -> "port " + port.id() + " (" + port.status() + ") is bound to it")
                .orElse(null);
    }

    /** The list of volumes and the servers that hold it. */
    @Nullable
    String ofVolume(String id) {
        Optional<Volume> listed = cloud.volumes().volumes().stream()
                .filter(volume -> volume.id().equals(id))
                .findFirst();
        if (listed.isPresent()) {
            return "the list of volumes shows it as " + listed.get().status();
        }
        return cloud.compute().servers(ServerQuery.all()).stream()
                .filter(server -> !server.status().endsWith("DELETED") && !"deleting".equals(server.taskState()))
                .filter(server -> server.volumes().stream()
                        .anyMatch(attached -> attached.volumeId().equals(id)))
                .findFirst()
                .map(server -> "server " + server.id() + " has it attached")
                .orElse(null);
    }

    /** The list of ports and the interfaces of the server that may hold it. */
    @Nullable
    String ofPort(String id, @Nullable String serverId) {
        if (!cloud.network().portsWithId(id).isEmpty()) {
            return "the list of ports shows it";
        }
        return serverId != null && interfaces(serverId).contains(id)
                ? "server " + serverId + " has it among its interfaces"
                : null;
    }

    /** A server that is not there holds nothing. */
    private List<String> interfaces(String serverId) {
        try {
            return cloud.compute().interfaces(serverId);
        } catch (CloudException.NotFound noServer) {
            if (!noServer.ofResource()) {
                throw noServer;
            }
            return List.of();
        }
    }

    /** The list of snapshots. */
    @Nullable
    String ofSnapshot(String id) {
        return cloud.volumes().snapshots().stream()
                .filter(snapshot -> snapshot.id().equals(id))
                .findFirst()
                .map(snapshot -> "the list of snapshots shows it as " + snapshot.status())
                .orElse(null);
    }

    /** The list of networks. */
    @Nullable
    String ofNetwork(String id) {
        return cloud.network().networksWithId(id).isEmpty() ? null : "the list of networks shows it";
    }

    /** The list of subnets. */
    @Nullable
    String ofSubnet(String id) {
        return cloud.network().subnetsWithId(id).isEmpty() ? null : "the list of subnets shows it";
    }

    /** The list of server groups. */
    @Nullable
    String ofServerGroup(String id) {
        return cloud.compute().serverGroupIds().contains(id) ? "the list of server groups shows it" : null;
    }

    /** The user's list of key pairs. */
    static @Nullable String ofKeyPair(String name, List<String> listed) {
        return listed.contains(name) ? "the list of key pairs shows it" : null;
    }
}
