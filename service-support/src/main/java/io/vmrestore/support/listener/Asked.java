package io.vmrestore.support.listener;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.vmrestore.support.trace.RequestIdFilter;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * What of a request is told when its application does not see it. No query: it may hold what is secret.
 *
 * @param path {@code /} where it could not be read
 * @param withToken whether it carries something to prove who asks
 */
record Asked(String method, String path, String requestId, boolean withToken) {
    private static final int LONGEST = 200;

    static Asked of(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return new Asked(
                request.decoderResult().isFailure() ? "?" : request.method().name(),
                path(request),
                RequestIdFilter.idFor(headers.get(RequestIdFilter.HEADER)),
                headers.contains(HttpHeaderNames.AUTHORIZATION) || headers.contains("X-Auth-Token"));
    }

    /** Of a connection that has sent no request that could be read. */
    static Asked nothing() {
        return new Asked("?", "/", RequestIdFilter.idFor(null), false);
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
