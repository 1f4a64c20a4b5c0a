package io.vmrestore.simulator.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a call is answered with; without a body none is sent.
 *
 * @param versioned whether it has the headers that tell the API's version
 */
public record Answer(
        int status, Map<String, String> headers, @Nullable JsonNode body, boolean versioned) {

    public static Answer of(int status, @Nullable JsonNode body) {
        return new Answer(status, Map.of(), body, true);
    }

    public static Answer ok(JsonNode body) {
        return of(200, body);
    }

    public static Answer empty(int status) {
        return of(status, null);
    }

    /** The same answer with one header more. */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body, versioned);
    }

    /** The same answer as one that came before any version was agreed on. */
    public Answer unversioned() {
        return new Answer(status, headers, body, false);
    }
}
