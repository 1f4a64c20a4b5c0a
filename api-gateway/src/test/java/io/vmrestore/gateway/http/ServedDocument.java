package io.vmrestore.gateway.http;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.testing.SharedGateway;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document as the gateway serves it. */
final class ServedDocument {
    static final JsonNode DOCUMENT = Json.MAPPER.readTree(SharedGateway.anonymous()
            .get()
            .uri("/openapi.json")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(byte[].class)
            .returnResult()
            .getResponseBody());

    private ServedDocument() {}

    /** The schema of this name. */
    static JsonNode schema(String name) {
        return DOCUMENT.path("components").path("schemas").path(name);
    }

    /** The texts of a list; of an object, the name of its first member. */
    static List<String> strings(JsonNode array) {
        return array.values().stream()
                .map(value ->
                        value.isObject() ? value.propertyNames().iterator().next() : value.asString(""))
                .toList();
    }
}
