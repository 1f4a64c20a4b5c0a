package io.vmrestore.simulator.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Compares the shape of two JSON values: the keys of objects, the types of values and what arrays consist of. Each
 * difference names its place, such as {@code $.server.flavor.id: missing}.
 */
final class ShapeDifference {
    /** Objects whose keys are data: only the shapes of their values are compared. */
    private static final Set<String> MAPS =
            Set.of("metadata", "addresses", "volume_image_metadata", "extra_specs", "connection_info", "bound_drivers");

    private final Set<String> nullable;
    private final List<String> differences = new ArrayList<>();

    /** @param nullable keys that may be null on one side and a value on the other */
    ShapeDifference(Set<String> nullable) {
        this.nullable = nullable;
    }

    List<String> between(JsonNode expected, JsonNode actual) {
        compare("$", "", expected, actual);
        return differences;
    }

    private void compare(String path, String key, JsonNode expected, JsonNode actual) {
        if (type(expected).equals("null") != type(actual).equals("null")) {
            if (!nullable.contains(key)) {
                differences.add(path + ": expected " + type(expected) + " but was " + type(actual));
            }
        } else if (!type(expected).equals(type(actual))) {
            differences.add(path + ": expected " + type(expected) + " but was " + type(actual));
        } else if (expected.isObject() && MAPS.contains(key)) {
            compareMaps(path, expected, actual);
        } else if (expected.isObject()) {
            compareObjects(path, expected, actual);
        } else if (expected.isArray()) {
            compareArrays(path, expected, actual);
        }
    }

    private void compareObjects(String path, JsonNode expected, JsonNode actual) {
        Set<String> names = new TreeSet<>(expected.propertyNames());
        names.addAll(actual.propertyNames());
        for (String name : names) {
            if (!actual.has(name)) {
                differences.add(path + "." + name + ": missing");
            } else if (!expected.has(name)) {
                differences.add(path + "." + name + ": not in the recording");
            } else {
                compare(path + "." + name, name, expected.get(name), actual.get(name));
            }
        }
    }

    private void compareMaps(String path, JsonNode expected, JsonNode actual) {
        if (expected.isEmpty() != actual.isEmpty()) {
            differences.add(path + ": empty on one side only");
        } else if (!expected.isEmpty()) {
            JsonNode sample = expected.iterator().next();
            actual.properties().forEach(entry -> compare(path + "." + entry.getKey(), "", sample, entry.getValue()));
        }
    }

    /** Every element has to look like some element of the recording. */
    private void compareArrays(String path, JsonNode expected, JsonNode actual) {
        if (expected.isEmpty() != actual.isEmpty()) {
            differences.add(
                    path + ": empty on one side only, " + expected.size() + " recorded, " + actual.size() + " here");
            return;
        }
        for (int i = 0; i < actual.size(); i++) {
            List<String> best = null;
            for (JsonNode candidate : expected) {
                ShapeDifference element = new ShapeDifference(nullable);
                element.compare(path + "[" + i + "]", "", candidate, actual.get(i));
                if (best == null || element.differences.size() < best.size()) {
                    best = element.differences;
                }
            }
            differences.addAll(best == null ? List.of() : best);
        }
    }

    private static String type(JsonNode node) {
        if (node.isNumber()) {
            return node.isIntegralNumber() ? "integer" : "decimal";
        }
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
