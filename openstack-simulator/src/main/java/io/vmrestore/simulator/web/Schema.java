package io.vmrestore.simulator.web;

import io.vmrestore.simulator.engine.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the services check of bodies by the same rules; Nova and Cinder refuse in the same words as well. */
public final class Schema {
    /** The most characters that names, descriptions and values of metadata have. */
    public static final int MAX_TEXT = 255;

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}");
    private static final Pattern METADATA_KEY = Pattern.compile("[a-zA-Z0-9-_:. ]{1,255}");

    private Schema() {}

    /** Whether the text is a UUID, with or without its dashes. */
    public static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    /** The refusal of one field of a body. */
    public static Refused invalid(String field, String value, String reason) {
        return Refused.badRequest("Invalid input for field/attribute " + field + ". Value: " + value + ". " + reason);
    }

    /** Refuses fields that are not allowed and the absence of those that have to be there, as Nova and Cinder do. */
    public static void object(String field, ObjectNode object, Set<String> allowed, List<String> required) {
        for (String name : object.propertyNames()) {
            if (!allowed.contains(name)) {
                throw wrong(field, object, "Additional properties are not allowed ('" + name + "' was unexpected)");
            }
        }
        for (String name : required) {
            if (!object.has(name)) {
                throw wrong(field, object, "'" + name + "' is a required property");
            }
        }
    }

    private static Refused wrong(String field, ObjectNode object, String reason) {
        return field.isEmpty() ? Refused.badRequest(reason) : invalid(field, PythonText.of(object), reason);
    }

    /** The entries of an object of texts, with keys and values that Nova and Cinder take. */
    public static Map<String, String> metadata(JsonNode owner, String field) {
        owner.path(field).properties().forEach(entry -> checkEntry(owner.path(field), field, entry));
        return Json.map(owner, field);
    }

    private static void checkEntry(JsonNode metadata, String field, Map.Entry<String, JsonNode> entry) {
        JsonNode value = entry.getValue();
        if (!METADATA_KEY.matcher(entry.getKey()).matches()) {
            throw invalid(
                    field,
                    PythonText.of(metadata),
                    "Additional properties are not allowed ('" + entry.getKey() + "' was unexpected)");
        }
        if (!value.isString()) {
            throw invalid(entry.getKey(), PythonText.of(value), PythonText.of(value) + " is not of type 'string'");
        }
        if (value.asString().length() > MAX_TEXT) {
            throw invalid(entry.getKey(), value.asString(), PythonText.of(value) + " is too long");
        }
    }
}
