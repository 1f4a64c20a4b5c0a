package io.vmrestore.gateway.http;

import static io.vmrestore.gateway.http.ServedDocument.DOCUMENT;
import static io.vmrestore.gateway.http.ServedDocument.schema;
import static io.vmrestore.gateway.http.ServedDocument.strings;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.testing.Mappings;
import io.vmrestore.gateway.testing.SharedGateway;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document: of every route, complete in itself, and with a page to read it. */
class OpenApiTest {
    @Test
    void isServedAsItIsWritten() throws IOException {
        try (InputStream source = OpenApiTest.class.getResourceAsStream("/api-gateway-openapi.yml")) {
            Map<String, Object> written = new Yaml().load(source);
            JsonNode expected = Json.MAPPER.valueToTree(written);
            assertThat(DOCUMENT.path("openapi").asString("")).startsWith("3.1.");
            assertThat(sorted(DOCUMENT.path("paths"))).isEqualTo(sorted(expected.path("paths")));
            assertThat(sorted(DOCUMENT.path("components"))).isEqualTo(sorted(expected.path("components")));
            assertThat(sorted(DOCUMENT.path("info"))).isEqualTo(sorted(expected.path("info")));
        }
    }

    // As text with sorted names, so that a failure shows the place.
    private static String sorted(JsonNode node) {
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(node));
    }

    private static Object tree(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), tree(member.getValue())));
            // The library that serves the document keeps these lists as sets: their order means nothing.
            Stream.of("required", "type")
                    .forEach(name -> members.computeIfPresent(name, (_, value) -> unordered(value)));
            return members;
        }
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>();
            node.values().forEach(element -> elements.add(tree(element)));
            return elements;
        }
        return node;
    }

    private static Object unordered(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).sorted().toList()
                : value;
    }

    @Test
    void describesEveryRouteAndNoOther() {
        Set<String> described = new TreeSet<>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(described).isEqualTo(Mappings.of(SharedGateway.GATEWAY.context()));
    }

    private static Stream<Map.Entry<String, JsonNode>> operations() {
        return DOCUMENT.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> Map.entry(operation.getKey() + " " + path.getKey(), operation.getValue())));
    }

    @Test
    void tellsOfEveryOperationWhatIsAnsweredBeforeIt() {
        assertThat(operations()).allSatisfy(operation -> {
            JsonNode responses = operation.getValue().path("responses");
            assertThat(responses.propertyNames()).as(operation.getKey()).contains("400", "405", "406", "414", "431");
            if (operation.getValue().has("requestBody")) {
                assertThat(responses.propertyNames()).as(operation.getKey()).contains("413", "415");
            }
            if (!operation.getValue().has("security")) {
                assertThat(responses.propertyNames()).as(operation.getKey()).contains("401", "403", "503");
            }
        });
    }

    /** What may be left out of a body, or is told only where there is something to tell. */
    private static final Map<String, Set<String>> OPTIONAL = Map.of(
            "LoginRequest", Set.of("domain", "project"),
            "LoginAnswer", Set.of("projects"),
            "PlanRequest", Set.of("mode", "new_vm_name", "ip_strategy"),
            "ExecuteRequest", Set.of("confirm_destructive"),
            "CancelRequest", Set.of("reason"),
            "FieldError", Set.of("pointer", "parameter"),
            "JobList", Set.of("count"));

    @Test
    void saysOfEverySchemaWhatIsAlwaysThereAndNeverNull() {
        List<String> wrong = new ArrayList<>();
        DOCUMENT.path("components").path("schemas").properties().stream()
                .filter(schema -> !schema.getKey().equals("Problem"))
                .forEach(schema -> requireAll(
                        schema.getKey(), schema.getValue(), OPTIONAL.getOrDefault(schema.getKey(), Set.of()), wrong));
        assertThat(wrong).isEmpty();
    }

    /** Generators of clients take what is required for never null. */
    private static boolean maybeNull(JsonNode schema) {
        return Stream.concat(Stream.of(schema), schema.path("oneOf").values().stream())
                .anyMatch(choice -> strings(choice.path("type")).contains("null")
                        || choice.path("type").asString("").equals("null"));
    }

    private static void requireAll(String place, JsonNode schema, Set<String> optional, List<String> wrong) {
        Set<String> expected = new TreeSet<>(schema.path("properties").propertyNames());
        expected.removeAll(optional);
        expected.removeIf(name -> maybeNull(schema.path("properties").path(name)));
        Set<String> required = new TreeSet<>(strings(schema.path("required")));
        if (!expected.equals(required)) {
            wrong.add(place + " has the properties " + expected + " and requires " + required);
        }
        schema.path("properties")
                .properties()
                .forEach(member -> requireAll(place + "/" + member.getKey(), member.getValue(), Set.of(), wrong));
        schema.path("allOf").values().forEach(part -> requireAll(place, part, optional, wrong));
        if (schema.has("items")) {
            requireAll(place + "/items", schema.path("items"), Set.of(), wrong);
        }
    }

    @Test
    void referencesOnlyWhatItDefines() {
        List<String> references = DOCUMENT.findValuesAsString("$ref");
        assertThat(references).isNotEmpty();
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                DOCUMENT.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void saysWhichPathsNeedAToken() {
        assertThat(strings(DOCUMENT.path("security"))).isEqualTo(List.of("bearer", "keystone"));
        assertThat(DOCUMENT.at("/paths/~1auth~1login/post/security").isArray()).isTrue();
        assertThat(DOCUMENT.at("/paths/~1auth~1login/post/security").size()).isZero();
    }

    @Test
    void hasAPageToReadItThatAsksNoOtherHost() {
        String index = page("/docs");
        assertThat(index).contains("swagger-ui");
        assertThat(index).doesNotContain("http://", "https://");
        assertThat(page("/webjars/swagger-ui/swagger-initializer.js"))
                .contains("\"/openapi.json\"")
                .doesNotContain("petstore");
    }

    private static String page(String path) {
        return Objects.requireNonNull(SharedGateway.following()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueMatches("Content-Security-Policy", "default-src 'none';.*script-src 'self';.*")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
