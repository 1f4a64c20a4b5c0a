package io.vmrestore.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.EventType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** Schemas and records say the same: the same fields, the same ones required, the same enumerations. */
class SchemaShapeTest {
    static final List<EventType> TYPES = List.of(EventType.values());

    private static final JsonNode DEFINITIONS = Json.MAPPER
            .readTree(Samples.resource("/io/vmrestore/schemas/definitions.v1.json"))
            .get("$defs");

    private final Set<String> compared = new HashSet<>();

    @ParameterizedTest
    @FieldSource("TYPES")
    void theSchemaHasTheFieldsOfTheRecord(EventType type) {
        compareRecord(type.record(), Json.MAPPER.readTree(Samples.schemaOf(type)));
    }

    @Test
    void everyDefinitionIsUsed() {
        TYPES.forEach(this::theSchemaHasTheFieldsOfTheRecord);
        assertThat(compared).containsExactlyInAnyOrderElementsOf(DEFINITIONS.propertyNames());
    }

    private void compareRecord(Class<?> type, JsonNode schema) {
        assertThat(schema.get("description").asString())
                .as("description of %s", type)
                .isNotBlank();
        List<String> fields = fields(type, false);
        assertThat(schema.get("properties").propertyNames())
                .as("fields of %s", type)
                .containsExactlyElementsOf(fields);
        assertThat(texts(schema.get("required")))
                .as("required fields of %s", type)
                .containsExactlyElementsOf(fields(type, true));
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode property = schema.get("properties").get(fieldName(component));
            // Whether the values of a free-form object may be null says nothing of the object itself.
            boolean allowsNull = property.has("additionalProperties")
                    ? property.get("type").isArray()
                    : property.toString().contains("\"null\"");
            assertThat(allowsNull).as("null in %s of %s", component, type).isEqualTo(RandomRecords.nullable(component));
            compareType(component.getGenericType(), property);
        }
    }

    private void compareType(Type type, JsonNode property) {
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == List.class) {
                assertThat(typeName(property)).isEqualTo("array");
                compareType(generic.getActualTypeArguments()[0], property.get("items"));
            } else {
                assertThat(typeName(property)).isEqualTo("object");
            }
            return;
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord() || raw.isEnum()) {
            JsonNode reference = property.has("anyOf") ? property.get("anyOf").get(0) : property;
            assertThat(reference.get("$ref").asString()).endsWith("#/$defs/" + raw.getSimpleName());
            compareDefinition(raw);
        } else {
            assertThat(typeName(property)).as("type of %s", property).isEqualTo(jsonType(raw));
        }
    }

    private void compareDefinition(Class<?> type) {
        if (!compared.add(type.getSimpleName())) {
            return;
        }
        JsonNode definition = DEFINITIONS.get(type.getSimpleName());
        assertThat(definition).as("definition of %s", type).isNotNull();
        if (type.isEnum()) {
            assertThat(texts(definition.get("enum")))
                    .containsExactlyElementsOf(Arrays.stream(type.getEnumConstants())
                            .map(constant -> Json.MAPPER.valueToTree(constant).asString())
                            .toList());
        } else {
            compareRecord(type, definition);
        }
    }

    private static String typeName(JsonNode property) {
        JsonNode named = property.get("type");
        return named.isArray() ? named.get(0).asString() : named.asString();
    }

    private static String jsonType(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        return type == int.class || type == long.class || Number.class.isAssignableFrom(type) ? "integer" : "string";
    }

    private static List<String> fields(Class<?> type, boolean requiredOnly) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !requiredOnly || !RandomRecords.nullable(component))
                .map(SchemaShapeTest::fieldName)
                .toList();
    }

    private static String fieldName(RecordComponent component) {
        return Json.MAPPER
                .serializationConfig()
                .getPropertyNamingStrategy()
                .nameForField(null, null, component.getName());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
