package io.vmrestore.simulator.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Short ways to build and read JSON. */
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An object with one key. */
    public static ObjectNode object(String key, JsonNode value) {
        ObjectNode object = object();
        object.set(key, value);
        return object;
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static ArrayNode array(Collection<? extends JsonNode> items) {
        return array().addAll(items);
    }

    public static ArrayNode strings(Collection<String> items) {
        ArrayNode array = array();
        items.forEach(array::add);
        return array;
    }

    public static ObjectNode strings(Map<String, String> entries) {
        ObjectNode object = object();
        entries.forEach(object::put);
        return object;
    }

    public static ObjectNode numbers(Map<String, Integer> entries) {
        ObjectNode object = object();
        entries.forEach(object::put);
        return object;
    }

    /** {@code {"rel": ..., "href": ...}}. */
    public static ObjectNode link(String rel, String href) {
        return object().put("rel", rel).put("href", href);
    }

    /** A text field; null: absent or JSON null. Anything but a text is read as it is written. */
    public static @Nullable String text(JsonNode object, String key) {
        JsonNode value = object.get(key);
        return value == null || value.isNull() ? null : plain(value);
    }

    /** The numbers among the values of an object. */
    public static Map<String, Integer> integers(JsonNode object) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        object.properties().forEach(entry -> {
            if (entry.getValue().isIntegralNumber()) {
                numbers.put(entry.getKey(), entry.getValue().intValue());
            }
        });
        return numbers;
    }

    public static @Nullable Integer integer(JsonNode object, String key) {
        JsonNode value = object.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isNumber() ? Integer.valueOf(value.intValue()) : parse(plain(value));
    }

    public static @Nullable Boolean bool(JsonNode object, String key) {
        JsonNode value = object.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isBoolean() ? Boolean.valueOf(value.booleanValue()) : truthy(plain(value));
    }

    /** The entries of an object of texts; absent: empty. */
    public static Map<String, String> map(JsonNode object, String key) {
        Map<String, String> map = new LinkedHashMap<>();
        JsonNode value = object.get(key);
        if (value != null && value.isObject()) {
            value.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
        }
        return map;
    }

    public static List<String> list(JsonNode object, String key) {
        List<String> list = new ArrayList<>();
        JsonNode value = object.get(key);
        if (value != null && value.isArray()) {
            value.forEach(item -> list.add(plain(item)));
        }
        return list;
    }

    private static String plain(JsonNode value) {
        return value.isValueNode() ? value.asString() : value.toString();
    }

    private static boolean truthy(String text) {
        return List.of("1", "true", "True", "t", "yes", "on").contains(text);
    }

    private static @Nullable Integer parse(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
