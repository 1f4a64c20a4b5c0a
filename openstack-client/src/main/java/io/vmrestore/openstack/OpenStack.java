package io.vmrestore.openstack;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.openstack.identity.Identity;

/**
 * Entry to one cloud: keeps the connection and the tokens, and hands out views of projects. Safe for any number of
 * platform and virtual threads.
 */
public final class OpenStack implements AutoCloseable {

    private OpenStack() {}

    /** Prepares the way to the cloud; makes no request, so a cloud that is down does not stop a start. */
    public static OpenStack connect(CloudSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #connect(CloudSettings)}, with the timers {@code restore.openstack.requests} in the given registry. */
    public static OpenStack connect(CloudSettings settings, MeterRegistry meters) {
        throw new UnsupportedOperationException();
    }

    /** Keystone, asked with the admin credentials. */
    public Identity identity() {
        throw new UnsupportedOperationException();
    }

    /**
     * The given project, worked in by the service user with a token scoped to that project; before its first token the
     * service user's admin role there is checked and, where it is missing, granted with the admin credentials. Without
     * a service user the admin credentials act, and only in their own project. No request is made before the first use.
     *
     * @throws CloudException.Misconfigured on first use, if no service user is configured and the project is not the
     *     credentials' own; never is another identity used instead
     */
    public ProjectCloud project(String projectId) {
        throw new UnsupportedOperationException();
    }

    /** The credentials' own project with the admin credentials: reads that need the admin's view of other projects. */
    public ProjectCloud admin() {
        throw new UnsupportedOperationException();
    }

    /** Whether projects other than the credentials' own can be worked in. */
    public boolean serviceUserConfigured() {
        throw new UnsupportedOperationException();
    }

    /** Closes the connections; views that were handed out must not be used afterwards. */
    @Override
    public void close() {}
}
