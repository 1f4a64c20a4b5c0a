package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads OpenStack's JSON, where a value may be absent, null or empty and mean the same. */
public final class Json {

    private static final int LONGEST_SHOWN = 64;

    private Json() {}

    /** A new empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * A text that must be there.
     *
     * @throws UnreadableException naming what is missing
     */
    public static String required(JsonNode node, String field) {
        String value = textOrNull(node, field);
        if (value == null) {
            throw new UnreadableException("The cloud's answer has no '%s'".formatted(field));
        }
        return value;
    }

    /** A text; empty if absent. */
    public static String text(JsonNode node, String field) {
        String value = textOrNull(node, field);
        return value == null ? "" : value;
    }

    /** A text; null if absent, null or empty. */
    public static @Nullable String textOrNull(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() && !value.asText().isEmpty() ? Texts.clean(value.asText()) : null;
    }

    /** A text; the given one if absent. */
    public static String textOr(JsonNode node, String field, String otherwise) {
        String value = textOrNull(node, field);
        return value == null ? otherwise : value;
    }

    /** A time; null if absent or not to be read as one. */
    public static @Nullable Instant timeOrNull(JsonNode node, String field) {
        String value = textOrNull(node, field);
        return value == null ? null : Times.parse(value);
    }

    /** A whole number, also one that is written as a text; null if absent or none. */
    public static @Nullable Integer intOrNull(JsonNode node, String field) {
        String value = text(node, field);
        return value.matches("-?\\d{1,9}") ? Integer.valueOf(value) : null;
    }

    /** True for the boolean and for the text, as Cinder writes {@code bootable}. */
    public static boolean flag(JsonNode node, String field) {
        return "true".equalsIgnoreCase(text(node, field));
    }

    /** A truth that the answer may not tell: null if it is absent, null, or neither true nor false. */
    public static @Nullable Boolean flagOrNull(JsonNode node, String field) {
        String value = text(node, field);
        if ("true".equalsIgnoreCase(value)) {
            return true;
        }
        return "false".equalsIgnoreCase(value) ? false : null;
    }

    /** The owning project, by either of its names. */
    public static String projectId(JsonNode node) {
        String project = textOrNull(node, "project_id");
        return project == null ? text(node, "tenant_id") : project;
    }

    /** The texts of an array; empty if absent. */
    public static List<String> texts(JsonNode array) {
        return list(array, element -> Texts.clean(element.asText()));
    }

    /** The elements of an array; empty if absent. */
    public static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        return array.valueStream().map(element).toList();
    }

    /** An object's texts by name; nulls are left out. */
    public static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        object.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                map.put(
                        Texts.clean(entry.getKey()),
                        Texts.clean(entry.getValue().asText()));
            }
        });
        return map;
    }

    /**
     * The fields that are set and that the reader does not know, by name. The value is shown only where it is short and
     * plain; otherwise it is empty.
     *
     * @param known names that are read, or that say nothing
     */
    public static Map<String, String> others(JsonNode object, Set<String> known) {
        Map<String, String> others = new LinkedHashMap<>();
        object.properties().forEach(entry -> {
            if (!known.contains(entry.getKey()) && set(entry.getValue())) {
                others.put(entry.getKey(), shown(entry.getValue()));
            }
        });
        return others;
    }

    private static boolean set(JsonNode value) {
        if (value.isContainerNode()) {
            return !value.isEmpty();
        }
        return !value.isNull() && !Set.of("", "false", "0").contains(value.asText());
    }

    private static String shown(JsonNode value) {
        return value.isValueNode() && value.asText().length() <= LONGEST_SHOWN ? value.asText() : "";
    }

    /** An object of texts. */
    public static ObjectNode of(Map<String, String> map) {
        ObjectNode object = object();
        map.forEach(object::put);
        return object;
    }

    /** A name or id as a part of a path: a slash or a space in it must not become one of the path. */
    public static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
