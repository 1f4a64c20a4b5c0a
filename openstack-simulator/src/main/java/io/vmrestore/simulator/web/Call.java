package io.vmrestore.simulator.web;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Refused;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One call of an API as its endpoint sees it. */
public final class Call {
    private final ServerRequest request;
    private final Dialect dialect;
    private final Microversion version;
    private final VersionRange versions;
    private final String base;
    private final @Nullable Caller caller;
    private final byte[] body;
    private final int maxPage;

    Call(
            ServerRequest request,
            Dialect dialect,
            Microversion version,
            VersionRange versions,
            String base,
            @Nullable Caller caller,
            byte[] body,
            int maxPage) {
        this.request = request;
        this.dialect = dialect;
        this.version = version;
        this.versions = versions;
        this.base = base;
        this.caller = caller;
        this.body = body;
        this.maxPage = maxPage;
    }

    /** Who calls; only of endpoints that want a token. */
    public Caller caller() {
        if (caller == null) {
            throw Refused.unauthorized();
        }
        return caller;
    }

    public Microversion version() {
        return version;
    }

    /** The versions that the service has today. */
    public VersionRange versions() {
        return versions;
    }

    /** The scheme, host and port under which the client reaches the simulator. */
    public String base() {
        return base;
    }

    /** The most entries that a list may have. */
    public int maxPage() {
        return maxPage;
    }

    public HttpMethod method() {
        return request.method();
    }

    public String path(String variable) {
        return request.pathVariable(variable);
    }

    public Map<String, String> pathVariables() {
        return request.pathVariables();
    }

    public @Nullable String header(String name) {
        return request.headers().firstHeader(name);
    }

    public @Nullable String query(String name) {
        return request.queryParams().getFirst(name);
    }

    public List<String> queries(String name) {
        return request.queryParams().getOrDefault(name, List.of());
    }

    public Map<String, List<String>> allQueries() {
        return request.queryParams();
    }

    /** A flag such as {@code all_tenants=1}. */
    public boolean flag(String name) {
        String value = query(name);
        return value != null
                && List.of("1", "true", "True", "TRUE", "yes", "on").contains(value);
    }

    /** Path and query as they were sent. */
    public String target() {
        String query = request.uri().getRawQuery();
        return request.uri().getRawPath() + (query == null ? "" : "?" + query);
    }

    public String rawPath() {
        return request.uri().getRawPath();
    }

    public @Nullable String rawQuery() {
        return request.uri().getRawQuery();
    }

    public boolean hasBody() {
        return body.length > 0;
    }

    /** The body as a JSON object; anything else is refused in the service's words. */
    public ObjectNode json() {
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException notJson) {
            throw dialect.malformedBody();
        }
        throw dialect.malformedBody();
    }

    /** The object below one key of the body, such as {@code {"server": {...}}}. */
    public ObjectNode json(String key) {
        if (json().get(key) instanceof ObjectNode object) {
            return object;
        }
        throw dialect.malformedBody();
    }
}
