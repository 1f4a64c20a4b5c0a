package io.vmrestore.survey;

import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.volume.Volume;
import java.util.List;
import java.util.Optional;

/**
 * The one place that decides whether a server, volume, port or key pair is gone. So far one 404 decides; every other
 * error is thrown, for an error is not "gone". Who asks, and what follows from it, is told in {@code docs/absence.md}.
 */
public final class Absence {
    private final ProjectCloud cloud;

    private Absence(ProjectCloud cloud) {
        this.cloud = cloud;
    }

    /** Decides about what this project has. */
    public static Absence in(ProjectCloud cloud) {
        return new Absence(cloud);
    }

    /** The server; empty if it is gone. */
    public Optional<Server> server(String id) {
        return cloud.compute().findServer(id);
    }

    /** The server's volumes; empty if the server is gone. */
    public Optional<List<VolumeAttachment>> attachments(String serverId) {
        try {
            return Optional.of(cloud.compute().attachments(serverId));
        } catch (CloudException.NotFound gone) {
            return Optional.empty();
        }
    }

    /** The volume; empty if it is gone. */
    public Optional<Volume> volume(String id) {
        return cloud.volumes().findVolume(id);
    }

    /** The port; empty if it is gone. */
    public Optional<Port> port(String id) {
        return cloud.network().findPort(id);
    }

    /** The acting user's own key pair; empty if it is gone. */
    public Optional<KeyPair> keyPair(String name) {
        return cloud.compute().keyPair(name);
    }

    /** Another user's key pair, which needs the admin role; empty if it is gone. */
    public Optional<KeyPair> keyPairOf(String userId, String name) {
        return cloud.compute().keyPairOf(userId, name);
    }

    /** Asks for the volume's deletion; false if it was gone already. */
    public boolean deleteVolume(String id) {
        return cloud.volumes().delete(id);
    }

    /** Deletes the acting user's key pair; false if it was gone already. */
    public boolean deleteKeyPair(String name) {
        return cloud.compute().deleteKeyPair(name);
    }
}
