package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmrestore.openstack.settings.CloudSettings;
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

    /** The same caller with the other's request id, whose requests are noted with the other's. */
    public Caller beside(Caller other) {
        return new Caller(wire, tokens, other.requestId, other.trail);
    }

    /** What the caller does with one service. */
    public Session with(Service service) {
        return new Session(this, service);
    }

    /** The project that the caller's token is scoped to. */
    public String projectId() {
        return tokens.current().projectId();
    }

    /** The user whom the caller's token belongs to. */
    public String userId() {
        return tokens.current().userId();
    }

    /**
     * What all callers of one cloud share.
     *
     * @param transport the way there
     * @param apis where the services' APIs are
     * @param config openstack4j's session settings
     * @param filters which filters of its lists have proven to work
     */
    public record Wire(Transport transport, Discovery apis, Config config, FilterTrust filters) {

        /** The way to the cloud of the settings. */
        public static Wire of(CloudSettings settings, Transport transport) {
            return new Wire(
                    transport,
                    new Discovery(settings, transport.time()),
                    Config.newConfig().withEndpointURLResolver(new CurrentApi()),
                    new FilterTrust(transport.time()));
        }

        /**
         * Asks Keystone for a token; safe to repeat.
         *
         * @param request the body of {@code POST /auth/tokens}
         */
        public AccessToken token(ObjectNode request) {
            Call call = new Call(
                    transport,
                    Service.IDENTITY,
                    Call.inheritedRequestId(transport.chance()),
                    apis.identity(),
                    null,
                    apis,
                    config,
                    Call.inheritedTrail(),
                    true);
            return call.run(() -> transport
                    .send(Outgoing.post(call.base() + "/auth/tokens", request.toString()), call)
                    .token());
        }
    }
}
