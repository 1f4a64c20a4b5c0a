package io.vmrestore.openstack;

import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.volume.Volumes;
import java.util.List;

/**
 * The cloud as one identity sees it with a token scoped to one project. Immutable but for the record of request ids,
 * usable from any thread; cheap to make, so make one per attempt.
 */
public final class ProjectCloud {

    ProjectCloud() {}

    /** The project that the token is scoped to. */
    public String projectId() {
        throw new UnsupportedOperationException();
    }

    /** The same identity and project, with {@code req-<uuid>} sent to every service instead of a new id per request. */
    public ProjectCloud withRequestId(String requestId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ids under which the services logged the changing requests (POST, PUT, DELETE) made through this object, oldest
     * first, at most the last fifty: what an operator searches for in the cloud's logs.
     */
    public List<String> cloudRequestIds() {
        throw new UnsupportedOperationException();
    }

    /** Nova in this project. */
    public Compute compute() {
        throw new UnsupportedOperationException();
    }

    /** Cinder in this project. */
    public Volumes volumes() {
        throw new UnsupportedOperationException();
    }

    /** Neutron in this project. */
    public Networking network() {
        throw new UnsupportedOperationException();
    }
}
