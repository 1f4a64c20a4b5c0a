package io.vmrestore.openstack;

import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.compute.KeyPairs;
import io.vmrestore.openstack.failure.FailedCall;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.transport.Caller;
import io.vmrestore.openstack.transport.Service;
import io.vmrestore.openstack.volume.Volumes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cloud as one identity sees it with a token scoped to one project. Immutable but for the record of request ids,
 * usable from any thread; cheap to make, so make one per attempt.
 */
public final class ProjectCloud {

    private final Caller caller;
    private final @Nullable String projectId;

    ProjectCloud(Caller caller, @Nullable String projectId) {
        this.caller = caller;
        this.projectId = projectId;
    }

    /** The project that the token is scoped to; {@link OpenStack#admin()} may have to ask Keystone for it. */
    public String projectId() {
        return projectId == null ? caller.projectId() : projectId;
    }

    /** The user that acts here and whom everything made here belongs to. */
    public String userId() {
        return caller.userId();
    }

    /**
     * The same identity and project, with this id sent to every service instead of a new id per request.
     *
     * @throws IllegalArgumentException unless it is {@code req-<uuid>}: services ignore anything else
     */
    public ProjectCloud withRequestId(String requestId) {
        return new ProjectCloud(caller.withRequestId(requestId), projectId);
    }

    /**
     * Ids under which the services logged the changing requests (POST, PUT, DELETE) made through this object, oldest
     * first, at most the last fifty: what an operator searches for in the cloud's logs.
     */
    public List<String> cloudRequestIds() {
        return caller.trail().ids();
    }

    /**
     * The same identity and project, with the other's request id; what became of its requests is known to the other.
     */
    public ProjectCloud beside(ProjectCloud other) {
        return new ProjectCloud(caller.beside(other.caller), projectId);
    }

    /**
     * Since when a request that was made through this object has had no answer of its service, however often it was
     * sent; empty if it has one by now, or was made through another.
     */
    public Optional<Instant> unansweredSince(FailedCall call) {
        return caller.trail().unansweredSince(call);
    }

    /** Nova in this project. */
    public Compute compute() {
        return new Compute(caller.with(Service.COMPUTE));
    }

    /** The key pairs that Nova keeps for this and other users. */
    public KeyPairs keyPairs() {
        return new KeyPairs(caller.with(Service.COMPUTE));
    }

    /** Cinder in this project. */
    public Volumes volumes() {
        return new Volumes(caller.with(Service.VOLUME));
    }

    /** Neutron in this project. */
    public Networking network() {
        return new Networking(caller.with(Service.NETWORK));
    }
}
