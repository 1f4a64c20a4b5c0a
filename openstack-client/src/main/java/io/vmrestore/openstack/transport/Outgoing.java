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
 * @param within the URL that redirects must not lead out of; null: they must stay on the host
 */
record Outgoing(
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable String token,
        @Nullable String body,
        @Nullable String within) {

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
        return new Outgoing(
                request.getMethod().name(), URI.create(request.getUrl()), headers, token, json(request), null);
    }

    /**
     * Asks which versions there are at the URL. Whoever is redirected elsewhere would read there, and write nowhere, as
     * a write is not redirected.
     */
    static Outgoing versionsOf(String url, String token) {
        return new Outgoing("GET", URI.create(url + "/"), Map.of(), token, null, url);
    }

    /** Sends JSON without a token. */
    static Outgoing post(String url, String body) {
        return new Outgoing("POST", URI.create(url), Map.of(), null, body, null);
    }

    /** The same to another place. */
    Outgoing at(URI place) {
        return new Outgoing(method, place, headers, token, body, within);
    }

    /** Whether it asks for versions, to which 300 with a list is an answer. */
    boolean asksForVersions() {
        return within != null;
    }

    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
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
