package io.vmrestore.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.DeadLetter;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.AddressPair;
import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.Fingerprint;
import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.FlavorInfo;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.Readiness;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.SourceVolume;
import io.vmrestore.common.contract.WarningSeverity;
import io.vmrestore.gateway.testing.Mappings;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.support.api.ProjectList;
import io.vmrestore.support.api.ProjectSummary;
import io.vmrestore.support.api.Reference;
import io.vmrestore.support.api.RestorePointList;
import io.vmrestore.support.api.RestorePointSummary;
import io.vmrestore.support.api.SnapshotList;
import io.vmrestore.support.api.SnapshotSummary;
import io.vmrestore.support.api.VmAddresses;
import io.vmrestore.support.api.VmList;
import io.vmrestore.support.api.VmSummary;
import io.vmrestore.support.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    private static final JsonNode DOCUMENT = Json.MAPPER.readTree(SharedGateway.anonymous()
            .get()
            .uri("/openapi.json")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(byte[].class)
            .returnResult()
            .getResponseBody());

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

    @Test
    void listsEveryKindOfProblem() {
        assertThat(strings(schema("ProblemType").path("enum")))
                .isEqualTo(Arrays.stream(ProblemKind.values())
                        .map(kind -> kind.type().toString())
                        .toList());
    }

    @Test
    void listsTheValuesOfTheContract() {
        assertThat(strings(schema("JobStatus").path("enum"))).isEqualTo(names(JobStatus.values()));
        assertThat(strings(schema("RestoreMode").path("enum"))).isEqualTo(names(RestoreMode.values()));
        assertThat(strings(schema("IpStrategy").path("enum"))).isEqualTo(names(IpStrategy.values()));
        assertThat(strings(schema("WarningSeverity").path("enum"))).isEqualTo(names(WarningSeverity.values()));
        assertThat(strings(schema("Readiness").path("enum"))).isEqualTo(names(Readiness.values()));
        assertThat(schema("BootMode").path("enum")).isEqualTo(Json.MAPPER.valueToTree(BootMode.values()));
        assertThat(strings(schema("Action").path("enum")))
                .isEqualTo(Arrays.stream(Action.values()).map(Action::wireName).toList());
    }

    static Stream<Class<? extends Record>> recordsOfTheContract() {
        return Stream.of(
                Plan.class,
                SourceServer.class,
                FlavorInfo.class,
                SourceVolume.class,
                AttachedVolume.class,
                RestorePoint.class,
                NicPlan.class,
                FixedIp.class,
                AddressPair.class,
                QuotaLine.class,
                PlanStep.class,
                Fingerprint.class,
                RestoreResult.class,
                Difference.class,
                Failure.class,
                Resource.class,
                ProjectList.class,
                ProjectSummary.class,
                Reference.class,
                VmList.class,
                VmSummary.class,
                VmAddresses.class,
                SnapshotList.class,
                SnapshotSummary.class,
                RestorePointList.class,
                RestorePointSummary.class,
                DeadLetter.class);
    }

    @ParameterizedTest
    @MethodSource("recordsOfTheContract")
    void describesTheContractsRecords(Class<? extends Record> type) {
        Set<String> expected = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        // The status service keeps it back: only executors need it.
        expected.remove("public_key");
        assertThat(new TreeSet<>(schema(type.getSimpleName()).path("properties").propertyNames()))
                .isEqualTo(expected);
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

    private static JsonNode schema(String name) {
        return DOCUMENT.path("components").path("schemas").path(name);
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static List<String> strings(JsonNode array) {
        return array.values().stream()
                .map(value ->
                        value.isObject() ? value.propertyNames().iterator().next() : value.asString(""))
                .toList();
    }
}
