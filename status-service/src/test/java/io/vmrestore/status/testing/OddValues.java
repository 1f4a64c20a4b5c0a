package io.vmrestore.status.testing;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.RestoreEvent;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts what nobody expects into every text and time of an event that may hold anything; all chance from one seed. */
public final class OddValues {
    private static final List<String> TEXTS = List.of(
            "",
            "\0",
            "a\0b\0",
            "\\u0000",
            "\\\0\"'",
            "\ud800",
            "x\udc00y\ud83d",
            "\ud83d\ude00 fine",
            "\u202Eexe.txt\u2028\n\r\t\u0007\u001b[2J",
            "'; DROP TABLE restore_jobs; --",
            "{1,2}",
            "NULL",
            "\uFFFF\uFFFE",
            "\u0001".repeat(300));
    private static final List<String> TIMES = List.of(
            "-0044-03-15T12:00:00Z",
            "0000-01-01T00:00:00Z",
            "+300000-01-01T00:00:00Z",
            "+900000000-12-31T23:59:59.999999999Z",
            "-900000000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z");

    /** Without them an event is not of this restore, or not this event. */
    private static final Set<String> IDENTITY = Set.of("job_id", "execution_id", "redrive_id");

    private final Random random;

    public OddValues(long seed) {
        random = new Random(seed);
    }

    /** The event with odd values in place of most. */
    public <E extends RestoreEvent> E spoil(E event) {
        ObjectNode json = Json.MAPPER.valueToTree(event);
        @SuppressWarnings("unchecked")
        Class<E> type = (Class<E>) event.getClass();
        spoil(json, json, type);
        if (json.get("detail") instanceof ObjectNode detail) {
            TEXTS.forEach(key -> detail.put(key + random.nextInt(3), text()));
            detail.put("huge", 1e308).put("tiny", Double.MIN_VALUE).put("not a number", Double.NaN);
            detail.put("beyond a long", new BigInteger("9".repeat(900)));
            detail.set("deep", deep(90));
        }
        return Json.MAPPER.treeToValue(json, type);
    }

    private void spoil(ObjectNode event, JsonNode part, Class<? extends RestoreEvent> type) {
        if (part instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                if (field.getValue().isString() && !IDENTITY.contains(field.getKey())) {
                    replace(event, object, field.getKey(), field.getValue(), type);
                } else {
                    spoil(event, field.getValue(), type);
                }
            }
        } else if (part instanceof ArrayNode array) {
            array.forEach(element -> spoil(event, element, type));
        }
    }

    /** Where only some values are possible, the old one stays. */
    private void replace(
            ObjectNode event, ObjectNode in, String name, JsonNode known, Class<? extends RestoreEvent> type) {
        in.put(name, isTime(known.stringValue()) ? TIMES.get(random.nextInt(TIMES.size())) : text());
        try {
            Json.MAPPER.treeToValue(event, type);
        } catch (JacksonException | IllegalArgumentException oneOfFew) {
            in.set(name, known);
        }
    }

    private static boolean isTime(String text) {
        try {
            return Instant.parse(text).isAfter(Instant.MIN);
        } catch (DateTimeParseException no) {
            return false;
        }
    }

    private String text() {
        int kind = random.nextInt(TEXTS.size() + 2);
        if (kind < TEXTS.size()) {
            return TEXTS.get(kind);
        }
        return random.ints(kind == TEXTS.size() ? 20 : 3000, 0, 0x10000)
                .collect(StringBuilder::new, (text, unit) -> text.append((char) unit), StringBuilder::append)
                .toString();
    }

    private static JsonNode deep(int levels) {
        JsonNode inner = Json.MAPPER.createObjectNode().put("\0", "\0");
        for (int level = 0; level < levels; level++) {
            inner = level % 2 == 0
                    ? Json.MAPPER.createArrayNode().add(inner)
                    : Json.MAPPER.createObjectNode().set("in", inner);
        }
        return inner;
    }
}
