package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.RestoreEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every released event stays readable and stays what its schema says. */
class EventSampleTest {
    static final List<EventType> TYPES = List.of(EventType.values());

    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @FieldSource("TYPES")
    void theSampleKeepsToItsSchema(EventType type) {
        assertThat(schema(type).validate(Samples.of(type), InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void theSampleIsReadAndWrittenWithoutALoss(EventType type) {
        RestoreEvent event = Samples.decoded(type);
        assertThat(event).isInstanceOf(type.record());
        assertWrittenAs(event, Samples.of(type));
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void samplesOfLaterBuildsAreReadAndWrittenWithoutALoss(EventType type) {
        for (String sample : Samples.ofLaterBuilds(type)) {
            assertThat(schema(type).validate(sample, InputFormat.JSON)).isEmpty();
            assertWrittenAs(
                    EventCodec.decode(Samples.headers(EventCodec.typeName(type)), sample.getBytes(UTF_8)), sample);
        }
    }

    /** A field that was added after the sample may be written as null. */
    private static void assertWrittenAs(RestoreEvent event, String sample) {
        assertSame(EventCodec.encode(event).value(), sample);
    }

    /** The same JSON, but for nulls in fields that the sample does not have. */
    static void assertSame(byte[] json, String sample) {
        JsonNode written = Json.MAPPER.readTree(json);
        JsonNode frozen = Json.MAPPER.readTree(sample);
        dropAddedNulls(written, frozen);
        assertThat(written).isEqualTo(frozen);
    }

    private static void dropAddedNulls(JsonNode written, JsonNode frozen) {
        if (written instanceof ObjectNode object) {
            List.copyOf(object.propertyNames()).stream()
                    .filter(name -> !frozen.has(name) && object.get(name).isNull())
                    .forEach(object::remove);
            object.propertyNames().forEach(name -> dropAddedNulls(object.get(name), frozen.path(name)));
        } else {
            for (int index = 0; index < written.size(); index++) {
                dropAddedNulls(written.get(index), frozen.path(index));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void aFieldOfANewerVersionIsTolerated(EventType type) {
        JsonNode newer = Json.MAPPER.readTree(Samples.of(type));
        addUnknownFields(newer);
        RestoreEvent event =
                EventCodec.decode(Samples.headers(EventCodec.typeName(type)), Json.MAPPER.writeValueAsBytes(newer));
        // Free-form details keep what they are given.
        assertThat(withoutDetail(event)).isEqualTo(withoutDetail(Samples.decoded(type)));
        assertThat(schema(type).validate(newer)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void everyRequiredFieldThatIsMissingIsNoticedBySchemaAndCodec(EventType type) {
        JsonNode required = Json.MAPPER.readTree(Samples.schemaOf(type)).get("required");
        required.forEach(field -> {
            ObjectNode incomplete = (ObjectNode) Json.MAPPER.readTree(Samples.of(type));
            incomplete.remove(field.asString());
            assertThat(schema(type).validate(incomplete))
                    .as("without %s", field)
                    .isNotEmpty();
            assertThat(EventCodecTest.failure(EventCodec.typeName(type), incomplete.toString()))
                    .startsWith("The data of CloudEvent " + EventCodec.typeName(type) + " some-id ");
        });
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void whateverIsWrittenKeepsToTheSchema(EventType type) {
        Schema schema = schema(type);
        for (int seed = 0; seed < 20; seed++) {
            RestoreEvent event = new RandomRecords(new Random(seed)).next(type.record());
            JsonNode written = Json.MAPPER.readTree(EventCodec.encode(event).value());
            assertThat(schema.validate(written)).as("with seed %d", seed).isEmpty();
        }
    }

    @Test
    void theSamplesUseEveryOptionalField() {
        Set<String> nullInAll = new HashSet<>();
        Set<String> usedOnce = new HashSet<>();
        TYPES.forEach(type -> collect(type.wireName(), Json.MAPPER.readTree(Samples.of(type)), nullInAll, usedOnce));
        TYPES.forEach(type -> Samples.ofLaterBuilds(type)
                .forEach(sample -> collect(type.wireName(), Json.MAPPER.readTree(sample), nullInAll, usedOnce)));
        nullInAll.removeAll(usedOnce);
        assertThat(nullInAll).isEmpty();
    }

    private Schema schema(EventType type) {
        return schemas.getSchema(SchemaLocation.of("classpath:io/vmrestore/schemas/" + type.wireName() + ".v1.json"));
    }

    static void addUnknownFields(JsonNode node) {
        node.forEach(EventSampleTest::addUnknownFields);
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            object.put("added_in_a_newer_version", "x");
        }
    }

    private static String withoutDetail(RestoreEvent event) {
        String text = new String(EventCodec.encode(event).value(), UTF_8);
        return text.replaceAll(",?\"added_in_a_newer_version\":\"x\"", "");
    }

    private static void collect(String path, JsonNode node, Set<String> nulls, Set<String> used) {
        if (node.isNull()) {
            nulls.add(path);
        } else {
            used.add(path);
            node.properties().forEach(entry -> collect(name(path, entry.getKey()), entry.getValue(), nulls, used));
            if (node.isArray()) {
                node.forEach(element -> collect(path, element, nulls, used));
            }
        }
    }

    /** Failures and steps have the same fields wherever they occur. */
    private static String name(String path, String field) {
        String shared = path.endsWith("failure") ? "failure" : path.endsWith("steps") ? "steps" : path;
        return shared + "." + field;
    }
}
