package io.vmrestore.standalone.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values for parameters and fields: what their schema allows, and what somebody might send all the same. */
final class Values {
    /** Stands for bytes that are written as they are, percent-encoded, and are no UTF-8. */
    static final String RAW = "raw:";

    private static final List<Object> HOSTILE = hostile();

    private final Contract contract;
    private final Random random;
    private final Known known;

    Values(Contract contract, Random random, Known known) {
        this.contract = contract;
        this.random = random;
        this.known = known;
    }

    /** What there is, by the name of the parameter or field that takes it. */
    static final class Known {
        private static final int MOST = 50;
        private final Map<String, List<Object>> values = new HashMap<>();

        void add(String name, Object value) {
            List<Object> same = values.computeIfAbsent(name, _ -> new ArrayList<>());
            if (!same.contains(value)) {
                same.add(value);
            }
            if (same.size() > MOST) {
                same.removeFirst();
            }
        }

        private List<Object> of(String name) {
            return values.getOrDefault(name, List.of());
        }
    }

    @Nullable
    Object valid(String name, JsonNode unresolved) {
        JsonNode schema = contract.resolved(unresolved);
        List<Object> there = known.of(name);
        if (!there.isEmpty() && random.nextInt(10) > 0) {
            return any(there);
        }
        if (schema.has("enum")) {
            JsonNode chosen =
                    schema.path("enum").get(random.nextInt(schema.path("enum").size()));
            return chosen.isNull() ? null : chosen.asString();
        }
        List<String> types = Contract.types(schema);
        if (types.contains("null") && random.nextInt(4) == 0) {
            return null;
        }
        return switch (types.isEmpty() ? "string" : types.getFirst()) {
            case "integer" -> number(schema);
            case "boolean" -> random.nextBoolean();
            case "array" -> list(name, schema);
            case "object" -> object(schema);
            default -> text(schema);
        };
    }

    @Nullable
    Object hostile(JsonNode unresolved) {
        JsonNode schema = contract.resolved(unresolved);
        if (schema.has("enum") && random.nextInt(3) == 0) {
            return schema.path("enum").get(0).asString("x").toLowerCase(Locale.ROOT) + " ";
        }
        return any(HOSTILE);
    }

    <T extends @Nullable Object> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    boolean once(int times) {
        return random.nextInt(times) == 0;
    }

    /** An object with all fields that are required, and some of the others. */
    Map<String, @Nullable Object> object(JsonNode unresolved) {
        JsonNode schema = contract.resolved(unresolved);
        List<String> required = schema.path("required").values().stream()
                .map(JsonNode::asString)
                .toList();
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(field -> {
            if (required.contains(field.getKey()) || random.nextBoolean()) {
                object.put(field.getKey(), valid(field.getKey(), field.getValue()));
            }
        });
        return object;
    }

    private long number(JsonNode schema) {
        int least = schema.path("minimum").asInt(0);
        int most = schema.path("maximum").asInt(1000);
        return least + random.nextInt(most - least + 1);
    }

    private List<@Nullable Object> list(String name, JsonNode schema) {
        List<@Nullable Object> list = new ArrayList<>();
        int length = Math.max(schema.path("minItems").asInt(0), random.nextInt(4));
        for (int index = 0; index < length; index++) {
            list.add(valid(name, schema.path("items")));
        }
        return list;
    }

    private String text(JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "date-time" ->
                "20%02d-0%d-1%dT0%d:00:00Z"
                        .formatted(random.nextInt(100), 1 + random.nextInt(9), random.nextInt(10), random.nextInt(10));
            default ->
                random.ints(1 + random.nextInt(12), 'a', 'z' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
        };
    }

    private static List<Object> hostile() {
        List<Object> hostile = new ArrayList<>(List.of(
                "",
                " ",
                "\u2003",
                "\t",
                "a\u0000b",
                "\u0000",
                "\r\nX: y",
                "\u001b[2J",
                "\u007f",
                "\u202eevil",
                "\ud800",
                "a\udfff",
                "😀".repeat(255),
                "😀".repeat(256),
                "x".repeat(255),
                "x".repeat(256),
                "x".repeat(3000),
                "../../etc/passwd",
                "..",
                ".",
                "%",
                "%00",
                "%2e%2e",
                "a/b",
                "a\\b",
                "a;b=c",
                "a?b#c",
                "*",
                "null",
                "undefined",
                "' OR 1=1 --",
                "{{7*7}}",
                "${jndi:ldap://x}",
                "<script>alert(1)</script>",
                "{}",
                "[]"));
        hostile.addAll(List.of(
                RAW + "%FF",
                RAW + "%C0%80",
                RAW + "%ED%A0%80",
                RAW + "%F0%9F",
                RAW + "%00",
                RAW + "%0A",
                RAW + "+",
                "-1",
                "0",
                "00",
                "1e3",
                "0x10",
                "201",
                "2147483648",
                "9223372036854775808",
                "-9223372036854775809",
                "1.5",
                "NaN",
                "99999999999999999999999999999999999999",
                "٣",
                "TRUE",
                "True",
                "yes"));
        hostile.addAll(List.of(
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "999999999-01-01T00:00:00Z",
                "10000-01-01T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-01-01T00:00:00+99:00",
                "2016-12-31T23:59:60Z",
                "0000-01-01T00:00:00Z",
                "P1D",
                "00000000-0000-0000-0000-000000000000",
                "1-2-3-4-5",
                "0f1c9d2e7a4b4c1e9f6e2d3b4a5c6d7e",
                "{0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e}",
                "0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7g",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "////",
                "====",
                "W/\"x\"",
                "\"",
                "\"a\",\"b"));
        hostile.addAll(List.of(
                1, -1, 0, 1.5, 1e300, Long.MAX_VALUE, true, false, List.of(), List.of("a"), Map.of(), Map.of("a", 1)));
        return hostile;
    }
}
