package io.vmrestore.simulator.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Values as Python writes them: genuine services put them into messages and take them in filters. */
public final class PythonText {
    private static final Pattern ENTRY = Pattern.compile(
            "\\s*u?(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\")\\s*:\\s*u?(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\")\\s*(,|$)");

    private PythonText() {}

    /** The value as {@code repr} shows it. */
    public static String of(JsonNode value) {
        if (value.isString()) {
            return "'" + value.asString().replace("\\", "\\\\").replace("'", "\\'") + "'";
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "True" : "False";
        }
        if (value.isNull()) {
            return "None";
        }
        if (value.isArray()) {
            return value.valueStream().map(PythonText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> "'" + entry.getKey() + "': " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.asString();
    }

    /** Reads a flat dictionary of texts in Python's or JSON's spelling; empty: it is none. */
    public static Optional<Map<String, String>> dictionary(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("{") || !stripped.endsWith("}")) {
            return Optional.empty();
        }
        String inner = stripped.substring(1, stripped.length() - 1);
        Map<String, String> entries = new LinkedHashMap<>();
        Matcher matcher = ENTRY.matcher(inner);
        int position = 0;
        while (position < inner.length()) {
            if (!matcher.find(position) || matcher.start() != position) {
                return inner.isBlank() ? Optional.of(entries) : Optional.empty();
            }
            entries.put(first(matcher, 1, 2), first(matcher, 3, 4));
            position = matcher.end();
        }
        return Optional.of(entries);
    }

    private static String first(Matcher matcher, int single, int doubled) {
        String text = matcher.group(single) == null ? matcher.group(doubled) : matcher.group(single);
        return text == null ? "" : text.replaceAll("\\\\(.)", "$1");
    }
}
