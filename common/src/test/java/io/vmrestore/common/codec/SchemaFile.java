package io.vmrestore.common.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the JSON Schema of a record: its fields, their types, which are required and what enumerations hold. What no
 * record says stays as the present file has it: the words, and what narrows a type, such as a minimum.
 */
final class SchemaFile {
    private static final List<String> NARROWING = List.of("minimum", "contentEncoding", "additionalProperties");

    /** Where the definitions are that the schema refers to. */
    private final String definitions;

    private SchemaFile(String definitions) {
        this.definitions = definitions;
    }

    /** The schema of one event. */
    static ObjectNode ofEvent(String name, Class<?> record, JsonNode present) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", name);
        schema.setAll(new SchemaFile("definitions.v1.json").of(record, present));
        return schema;
    }

    /** The definition of a record or an enumeration that events share. */
    static ObjectNode ofDefinition(Class<?> type, JsonNode present) {
        return new SchemaFile("").of(type, present);
    }

    private ObjectNode of(Class<?> type, JsonNode present) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        schema.put("type", type.isEnum() ? "string" : "object");
        copy("description", present, schema);
        if (type.isEnum()) {
            ArrayNode values = schema.putArray("enum");
            Arrays.stream(type.getEnumConstants())
                    .map(constant -> Json.MAPPER.<JsonNode>valueToTree(constant))
                    .forEach(values::add);
            return schema;
        }
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            String name = fieldName(component);
            JsonNode before = present.path("properties").path(name);
            boolean nullable = RandomRecords.nullable(component);
            ObjectNode property = described(ofType(component.getGenericType(), nullable), before);
            properties.set(name, property);
            if (!nullable) {
                required.add(name);
            }
        }
        return schema;
    }

    /** The type, then what the present file tells of it, then what belongs to the type. */
    private static ObjectNode described(ObjectNode type, JsonNode present) {
        ObjectNode described = Json.MAPPER.createObjectNode();
        type.properties().forEach(entry -> {
            described.set(entry.getKey(), entry.getValue());
            copy("description", present, described);
        });
        NARROWING.forEach(key -> copy(key, present, described));
        return described;
    }

    private ObjectNode ofType(Type type, boolean nullable) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            name(schema, "array", nullable);
            schema.set("items", ofType(generic.getActualTypeArguments()[0], false));
            return schema;
        }
        if (type instanceof Class<?> plain && (plain.isRecord() || plain.isEnum())) {
            String reference = definitions + "#/$defs/" + plain.getSimpleName();
            if (nullable) {
                ArrayNode either = schema.putArray("anyOf");
                either.addObject().put("$ref", reference);
                either.addObject().put("type", "null");
            } else {
                schema.put("$ref", reference);
            }
            return schema;
        }
        name(schema, jsonType(type), nullable);
        String format = format(type);
        if (format != null) {
            schema.put("format", format);
        }
        return schema;
    }

    private static void name(ObjectNode schema, String type, boolean nullable) {
        if (nullable) {
            schema.putArray("type").add(type).add("null");
        } else {
            schema.put("type", type);
        }
    }

    private static String jsonType(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return "object";
        } else if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        } else if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "integer";
        } else if (type == String.class || format(type) != null) {
            return "string";
        }
        throw new IllegalStateException("No schema for " + type);
    }

    private static @Nullable String format(Type type) {
        if (type == UUID.class) {
            return "uuid";
        }
        return type == Instant.class ? "date-time" : null;
    }

    private static void copy(String key, JsonNode from, ObjectNode to) {
        if (from.has(key)) {
            to.set(key, from.get(key));
        }
    }

    static String fieldName(RecordComponent component) {
        return Json.MAPPER
                .serializationConfig()
                .getPropertyNamingStrategy()
                .nameForField(null, null, component.getName());
    }
}
