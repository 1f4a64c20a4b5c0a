package io.vmrestore.openstack.transport;

import io.vmrestore.openstack.settings.CloudSettings;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.Config;

/**
 * Somebody who calls the cloud: an identity in a project, with the request id that all of its calls carry.
 *
 * @param wire what all callers of one cloud share
 * @param tokens the caller's token
 * @param requestId sent with every call; null for a new one each time
 * @param trail where the ids of changing requests are noted
 */
public record Caller(
        Wire wire, TokenHolder tokens, @Nullable String requestId, RequestTrail trail) {

    /** A caller that notes its own requests. */
    public static Caller of(Wire wire, TokenHolder tokens) {
        return new Caller(wire, tokens, null, new RequestTrail());
    }

    /**
     * The same caller with this id, and a new record of its requests.
     *
     * @throws IllegalArgumentException if it is not {@code req-<uuid>}
     */
    public Caller withRequestId(String id) {
        return new Caller(wire, tokens, RequestIds.require(id), new RequestTrail());
    }

    /** What the caller does with one service. */
    public Session with(Service service) {
        return new Session(this, service);
    }

    /** The project that the caller's token is scoped to. */
    public String projectId() {
        return tokens.current().getProject().getId();
    }

    /**
     * What all callers of one cloud share.
     *
     * @param transport the way there
     * @param versions the agreed API versions
     * @param config openstack4j's session settings
     * @param filters which filters of its lists have proven to work
     */
    public record Wire(Transport transport, Versions versions, Config config, FilterTrust filters) {

        /** The way to the cloud of the settings. */
        public static Wire of(CloudSettings settings, Transport transport) {
            return new Wire(
                    transport,
                    new Versions(),
                    Config.newConfig().withEndpointURLResolver(new Endpoints(settings)),
                    new FilterTrust(transport.time()));
        }

        /** Lets openstack4j ask Keystone without a token, as to get one; safe to repeat. */
        public <T> T withoutToken(Supplier<T> work) {
            return new Call(
                            transport,
                            Service.IDENTITY,
                            Call.inheritedRequestId(transport.chance()),
                            null,
                            null,
                            config,
                            new RequestTrail(),
                            true)
                    .run(work);
        }
    }
}
