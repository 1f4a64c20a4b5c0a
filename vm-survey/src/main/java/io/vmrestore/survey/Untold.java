package io.vmrestore.survey;

import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.transport.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The second sources of what a server's answer may not tell: an older Nova, or a policy that hides it. */
public final class Untold {
    private Untold() {}

    /** What the cloud tells; empty if it does not have that part, or does not tell it to this identity. */
    public static <T> Optional<T> ifTold(Supplier<T> question) {
        return Session.optional(question);
    }

    /**
     * The status of the server's host, empty if it is on none; null if neither the server nor its host's service tells.
     */
    public static @Nullable String hostStatus(Compute nova, Server server) {
        if (server.hostStatus() != null) {
            return server.hostStatus();
        }
        return Optional.ofNullable(server.host()).flatMap(nova::hostStatus).orElse(null);
    }

    /** The server groups of the server; empty if neither it nor the list of groups tells them. */
    static Optional<List<String>> serverGroups(Compute nova, Server server) {
        return Optional.ofNullable(server.serverGroupIds()).or(() -> nova.serverGroupsOf(server.id()));
    }
}
