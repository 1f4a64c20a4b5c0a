package io.vmrestore.openstack.transport;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.openstack.failure.CloudException;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer sends a request on to. Only a read is sent on, and only within the same scheme, host and port: the
 * token must not go where an answer says. Anything else is named, with what to correct.
 */
final class Redirects {

    /** A longer way leads in a circle. */
    static final int MOST = 5;

    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);

    private Redirects() {}

    /** The place to read at instead; null if the request must not be sent there. */
    static @Nullable URI followed(Answer answer) {
        URI target = target(answer);
        Outgoing request = answer.request();
        return target != null
                        && MOVED.contains(answer.getStatus())
                        && request.reads()
                        && sameOrigin(target, request.uri())
                        && (request.within() == null || below(target, request.within()))
                ? target
                : null;
    }

    /** What to tell of a redirect that was not followed. */
    static CloudException.Misconfigured refusal(Answer answer, Call call) {
        URI target = target(answer);
        Outgoing request = answer.request();
        String where = target == null ? "somewhere that it does not name" : EndpointUrl.shown(target.toString());
        return new CloudException.Misconfigured(
                call.failed(
                        request.method(),
                        request.path(),
                        answer.getStatus(),
                        "the endpoint %s redirects to %s: correct %s"
                                .formatted(
                                        endpoint(request, call),
                                        where,
                                        call.service() == Service.IDENTITY ? "OS_AUTH_URL" : "the catalog in Keystone"),
                        answer.cloudRequestId()),
                CallFault.REDIRECT);
    }

    private static String endpoint(Outgoing request, Call call) {
        Api api = call.api();
        return EndpointUrl.shown(
                request.within() != null
                        ? request.within()
                        : api != null ? api.root().url() : origin(request.uri()));
    }

    private static @Nullable URI target(Answer answer) {
        String location = answer.header("Location");
        try {
            return location == null || location.isBlank()
                    ? null
                    : answer.request().uri().resolve(location.strip());
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static boolean sameOrigin(URI target, URI origin) {
        return origin(target).equalsIgnoreCase(origin(origin)) && target.getRawUserInfo() == null;
    }

    private static String origin(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getScheme() + "://" + Objects.requireNonNullElse(uri.getHost(), "") + ":" + port;
    }

    private static boolean below(URI target, String url) {
        String path = URI.create(url).getRawPath();
        return target.normalize().getRawPath().equals(path)
                || target.normalize().getRawPath().startsWith(path + "/");
    }
}
