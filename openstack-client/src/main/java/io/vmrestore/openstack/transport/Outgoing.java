package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.ClientConstants;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/**
 * A request of openstack4j, ready to be sent, and sent again.
 *
 * @param method the HTTP method
 * @param uri with the query
 * @param headers without the token
 * @param token the token; null if the request carries none
 * @param body JSON; null for none, as Keystone refuses a GET with one
 */
record Outgoing(
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable String token,
        @Nullable String body) {

    /** What the JDK's client sets by itself and forbids to set. */
    private static final Set<String> RESTRICTED = Set.of("connection", "content-length", "expect", "host", "upgrade");

    static Outgoing of(HttpRequest<?> request) {
        Map<String, String> headers = new LinkedHashMap<>();
        String token = null;
        for (Map.Entry<String, Object> header : request.getHeaders().entrySet()) {
            if (ClientConstants.HEADER_X_AUTH_TOKEN.equalsIgnoreCase(header.getKey())) {
                token = String.valueOf(header.getValue());
            } else if (header.getValue() != null
                    && !RESTRICTED.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                headers.put(header.getKey(), String.valueOf(header.getValue()));
            }
        }
        return new Outgoing(request.getMethod().name(), URI.create(request.getUrl()), headers, token, json(request));
    }

    String path() {
        return uri.getRawPath();
    }

    private static @Nullable String json(HttpRequest<?> request) {
        if (request.hasJson()) {
            return request.getJson();
        }
        if (request.getEntity() == null) {
            return null;
        }
        try {
            return ObjectMapperSingleton.getContext(request.getEntity().getClass())
                    .writeValueAsString(request.getEntity());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A request body cannot be written as JSON", e);
        }
    }

    /** Shows no header and no body. */
    @Override
    public String toString() {
        return method + " " + path();
    }
}
