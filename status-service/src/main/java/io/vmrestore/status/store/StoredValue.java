package io.vmrestore.status.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.text.ForeignText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The border to the database: whatever an event says becomes a value that PostgreSQL takes, so that no event is left
 * out for what somebody has written into a name. Every value that is stored or compared with stored ones passes here.
 * What cannot be stored is escaped ({@link ForeignText#storable}) or cut, and readers see it so.
 */
public final class StoredValue {
    /** What a column of type VARCHAR(255) holds, in characters; also what an index entry has room for. */
    public static final int LONGEST_KEY = 255;

    private static final int DIGEST_BYTES = 8;
    private static final String NUL = "\\u0000";

    // PostgreSQL keeps years from 4713 BC to 294276, but ISO 8601 has four digits; a year is left for time zones.
    private static final Instant EARLIEST = Instant.parse("0002-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9998-12-31T23:59:59.999999Z");

    private StoredValue() {}

    /** For a column without a limit. */
    public static String text(String text) {
        return ForeignText.storable(text);
    }

    /**
     * For a column of {@link #LONGEST_KEY} characters. A longer text is cut, and ends in an ellipsis and a part of its
     * SHA-256 digest, so that two that begin alike stay apart.
     */
    public static String key(String text) {
        String stored = ForeignText.storable(text);
        if (stored.codePointCount(0, stored.length()) <= LONGEST_KEY) {
            return stored;
        }
        String end = "…" + digest(stored);
        return stored.substring(0, stored.offsetByCodePoints(0, LONGEST_KEY - end.length())) + end;
    }

    /** As exact as the database keeps times; cut off rather than rounded, so that order stays. */
    public static Instant time(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time.truncatedTo(ChronoUnit.MICROS);
    }

    /** For a column of type json or jsonb. */
    static String json(JsonNode value) {
        String json = Json.MAPPER.writeValueAsString(value);
        boolean fine = !json.contains(NUL) && ForeignText.storable(json).equals(json);
        return fine ? json : Json.MAPPER.writeValueAsString(storable(value));
    }

    /**
     * An event as the database keeps it, before anything follows from it: what is read back from the tables is then
     * what the event said, and a name that is told again is known. Only JSON that escapes characters is looked at
     * closer.
     */
    public static byte @Nullable [] event(byte @Nullable [] json) {
        if (json == null || !escapes(json)) {
            return json;
        }
        try {
            return Json.MAPPER.writeValueAsBytes(storable(Json.MAPPER.readTree(json)));
        } catch (JacksonException malformed) {
            // Whoever decodes it says what is wrong.
            return json;
        }
    }

    private static boolean escapes(byte[] json) {
        for (int index = 1; index < json.length; index++) {
            if (json[index] == 'u' && json[index - 1] == '\\') {
                return true;
            }
        }
        return false;
    }

    private static JsonNode storable(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode clean = object.objectNode();
            object.properties().forEach(field -> clean.set(text(field.getKey()), storable(field.getValue())));
            return clean;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode clean = array.arrayNode();
            array.forEach(element -> clean.add(storable(element)));
            return clean;
        }
        return value.isString() ? Json.MAPPER.getNodeFactory().stringNode(text(value.stringValue())) : value;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
