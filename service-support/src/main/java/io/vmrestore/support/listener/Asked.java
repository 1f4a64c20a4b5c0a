package io.vmrestore.support.listener;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.vmrestore.support.trace.RequestIdFilter;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a request is told when its application does not see it. No query: it may hold what is secret.
 *
 * @param path {@code /} where it could not be read
 * @param client who asks, behind any trusted proxy
 * @param proof a hash of what it carries to prove who asks; 0: nothing
 */
record Asked(InetAddress client, String method, String path, String requestId, int proof) {
    private static final int LONGEST = 200;

    static Asked of(HttpRequest request, InetAddress peer, TrustedProxies proxies) {
        boolean readable = request.decoderResult().isSuccess();
        return new Asked(
                readable ? client(request.headers(), peer, proxies) : peer,
                readable ? request.method().name() : "?",
                path(request),
                RequestIdFilter.idFor(request.headers().get(RequestIdFilter.HEADER)),
                readable ? proof(request.headers()) : 0);
    }

    private static InetAddress client(HttpHeaders headers, InetAddress peer, TrustedProxies proxies) {
        return proxies.client(
                peer, headers.getAll(TrustedProxies.X_FORWARDED_FOR), headers.getAll(TrustedProxies.FORWARDED));
    }

    private static int proof(HttpHeaders headers) {
        return proof(headers.get(HttpHeaderNames.AUTHORIZATION), headers.get("X-Auth-Token"));
    }

    static int proof(@Nullable String authorization, @Nullable String keystoneToken) {
        return Objects.hash(authorization, keystoneToken) - Objects.hash(null, null);
    }

    boolean withToken() {
        return proof != 0;
    }

    /** Of a connection that has sent no request that could be read. */
    static Asked nothing(InetAddress peer) {
        return new Asked(peer, "?", "/", RequestIdFilter.idFor(null), 0);
    }

    private static String path(HttpRequest request) {
        try {
            String path = new URI(request.uri()).getRawPath();
            boolean telling = path != null && path.startsWith("/") && path.length() <= LONGEST;
            // Netty's name for a first line that it cannot read.
            return telling && !path.equals("/bad-request") ? path : "/";
        } catch (URISyntaxException malformed) {
            return "/";
        }
    }
}
