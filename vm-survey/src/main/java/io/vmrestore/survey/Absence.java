package io.vmrestore.survey;

import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerGroup;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.identity.Identity;
import io.vmrestore.openstack.identity.Project;
import io.vmrestore.openstack.network.Network;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.network.Subnet;
import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.openstack.volume.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides whether something is gone: server, volume, port, snapshot, network, subnet, server group,
 * key pair or project. A resource that is there costs one call. One that seems absent is gone only if the service
 * itself says so, says it again after a pause, and {@link Contradictions} finds nothing that speaks against it. An
 * error is thrown, for an error is not "gone"; so is a 404 of something in front of the service. Who asks, and what
 * follows from it, is told in {@code docs/absence.md}.
 */
public final class Absence {
    /** Between two looks; a stray answer is over by then, and a deletion that is complete costs no more than this. */
    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final ProjectCloud cloud;
    private final Pause pause;
    private final Contradictions contradictions;

    private Absence(ProjectCloud cloud, Pause pause) {
        this.cloud = cloud;
        this.pause = pause;
        contradictions = new Contradictions(cloud);
    }

    /** Waits between two looks, never on a thread that polls Kafka. */
    @FunctionalInterface
    public interface Pause {
        void rest(Duration duration) throws InterruptedException;
    }

    /**
     * Decides about what this project has. Its calls throw {@link CloudException} if a service refuses or does not
     * answer.
     *
     * @param pause such as {@code TimeSource::sleep}
     */
    public static Absence in(ProjectCloud cloud, Pause pause) {
        return new Absence(cloud, pause);
    }

    /** The server. */
    public Presence<Server> server(String id) throws InterruptedException {
        return verdict("Server " + id, () -> cloud.compute().server(id), () -> contradictions.ofServer(id));
    }

    /**
     * The server after its deletion, when its ports have had time to be let go: those that nothing plugs any more prove
     * nothing then, for Nova forgets some.
     */
    public Presence<Server> serverWithIdlePorts(String id) throws InterruptedException {
        return verdict(
                "Server " + id, () -> cloud.compute().server(id), () -> contradictions.ofServerWithIdlePorts(id));
    }

    /** The server's volumes; gone if the server is. */
    public Presence<List<VolumeAttachment>> attachments(String serverId) throws InterruptedException {
        return verdict(
                "The list of volumes of server " + serverId,
                () -> cloud.compute().attachments(serverId),
                () -> contradictions.ofServer(serverId));
    }

    /** The volume. */
    public Presence<Volume> volume(String id) throws InterruptedException {
        return verdict("Volume " + id, () -> cloud.volumes().volume(id), () -> contradictions.ofVolume(id));
    }

    /**
     * The port.
     *
     * @param serverId the server that may hold it; null if nobody knows one
     */
    public Presence<Port> port(String id, @Nullable String serverId) throws InterruptedException {
        return verdict("Port " + id, () -> cloud.network().port(id), () -> contradictions.ofPort(id, serverId));
    }

    /** The snapshot. */
    public Presence<Snapshot> snapshot(String id) throws InterruptedException {
        return verdict("Snapshot " + id, () -> cloud.volumes().snapshot(id), () -> contradictions.ofSnapshot(id));
    }

    /** The network. */
    public Presence<Network> network(String id) throws InterruptedException {
        return verdict("Network " + id, () -> cloud.network().network(id), () -> contradictions.ofNetwork(id));
    }

    /** The subnet. */
    public Presence<Subnet> subnet(String id) throws InterruptedException {
        return verdict("Subnet " + id, () -> cloud.network().subnet(id), () -> contradictions.ofSubnet(id));
    }

    /** The server group. */
    public Presence<ServerGroup> serverGroup(String id) throws InterruptedException {
        return verdict(
                "Server group " + id, () -> cloud.compute().serverGroup(id), () -> contradictions.ofServerGroup(id));
    }

    /**
     * What a list has of something that has no id to ask for, such as a flavor that is known by its name: gone if the
     * list lacks it twice.
     *
     * @param what as it stands at the beginning of a sentence
     */
    public <T> Presence<T> listed(String what, Supplier<Optional<T>> search) throws InterruptedException {
        Optional<T> first = search.get();
        if (first.isEmpty()) {
            pause.rest(BETWEEN_LOOKS);
            first = search.get();
        }
        return first.<Presence<T>>map(Presence.Present::new)
                .orElseGet(() -> new Presence.Gone<>(what + " is not in the list, looked at twice"));
    }

    /**
     * The project, which is asked for with the administrator's eyes. There is no pause: what is decided on it is an
     * answer to a person.
     */
    public static Presence<Project> project(Identity keystone, String id) {
        return look("Project " + id, () -> keystone.project(id), () -> null);
    }

    /** The acting user's own key pair. There is no pause: what is decided on it can be made again. */
    public Presence<KeyPair> keyPair(String name) {
        return look(
                "Key pair " + name,
                () -> cloud.keyPairs().named(name),
                () -> Contradictions.ofKeyPair(name, cloud.keyPairs().names()));
    }

    /** Another user's key pair, which needs the admin role; as {@link #keyPair}. */
    public Presence<KeyPair> keyPairOf(String userId, String name) {
        return look(
                "Key pair " + name + " of user " + userId,
                () -> cloud.keyPairs().ofUser(userId, name),
                () -> Contradictions.ofKeyPair(name, cloud.keyPairs().namesOf(userId)));
    }

    /** Asks for the server's deletion. */
    public Deletion deleteServer(String id) throws InterruptedException {
        return delete(() -> cloud.compute().delete(id), () -> server(id));
    }

    /** Has a server deleted for good that the cloud keeps as SOFT_DELETED. */
    public Deletion forceDeleteServer(String id) throws InterruptedException {
        return delete(() -> cloud.compute().forceDelete(id), () -> serverWithIdlePorts(id));
    }

    /** Asks for the volume's deletion. */
    public Deletion deleteVolume(String id) throws InterruptedException {
        return delete(() -> cloud.volumes().delete(id), () -> volume(id));
    }

    /** Deletes the port. Neutron does not protect the port of a live server: be sure that it is nobody's. */
    public Deletion deletePort(String id) throws InterruptedException {
        return delete(() -> cloud.network().deletePort(id), () -> port(id, null));
    }

    /** Deletes the acting user's key pair. */
    public Deletion deleteKeyPair(String name) {
        return delete(() -> cloud.keyPairs().delete(name), () -> keyPair(name));
    }

    private interface SecondLook<T, E extends Exception> {
        Presence<T> take() throws E;
    }

    private static <T, E extends Exception> Deletion delete(Runnable call, SecondLook<T, E> afterwards) throws E {
        try {
            call.run();
            return new Deletion.Accepted();
        } catch (CloudException.NotFound absent) {
            return switch (afterwards.take()) {
                case Presence.Gone<T> gone -> new Deletion.NothingThere(gone.evidence());
                case Presence.Unknown<T> unknown -> new Deletion.Refused(unknown.reason());
                case Presence.Present<T> _ ->
                    new Deletion.Refused("Its deletion was answered as if it were not there, but it is: "
                            + absent.call().describe());
            };
        }
    }

    private <T> Presence<T> verdict(String what, Supplier<T> look, Supplier<@Nullable String> contradiction)
            throws InterruptedException {
        Presence<T> first = look(what, look, () -> null);
        if (!(first instanceof Presence.Gone<T>)) {
            return first;
        }
        pause.rest(BETWEEN_LOOKS);
        return look(what, look, contradiction);
    }

    private static <T> Presence<T> look(String what, Supplier<T> look, Supplier<@Nullable String> contradiction) {
        try {
            return new Presence.Present<>(look.get());
        } catch (CloudException.NotFound absent) {
            if (!absent.ofResource()) {
                return new Presence.Unknown<>(what + " is not certainly gone: the answer does not speak of it: "
                        + absent.call().describe());
            }
            String against = contradiction.get();
            return against == null
                    ? new Presence.Gone<>(absent.call().describe())
                    : new Presence.Unknown<>(what + " is not certainly gone: " + against + ", against "
                            + absent.call().describe());
        }
    }
}
