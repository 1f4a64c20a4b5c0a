package io.vmrestore.simulator.web.kind;

import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Schema;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * One field of a described collection.
 *
 * @param initial its value where none was sent
 * @param required whether a creation has to send it
 * @param settable whether clients may send it at all
 */
public record Field(String name, Type type, JsonNode initial, boolean required, boolean settable) {

    /** What a field takes. */
    public enum Type {
        TEXT,
        UUID,
        FLAG,
        NUMBER,
        LIST,
        OBJECT
    }

    public static Field text(String name, String initial) {
        return new Field(name, Type.TEXT, StringNode.valueOf(initial), false, true);
    }

    /** A text that may be null, and is at first. */
    public static Field text(String name) {
        return new Field(name, Type.TEXT, NullNode.getInstance(), false, true);
    }

    public static Field uuid(String name) {
        return new Field(name, Type.UUID, NullNode.getInstance(), false, true);
    }

    public static Field flag(String name, boolean initial) {
        return new Field(name, Type.FLAG, BooleanNode.valueOf(initial), false, true);
    }

    public static Field number(String name, int initial) {
        return new Field(name, Type.NUMBER, IntNode.valueOf(initial), false, true);
    }

    public static Field list(String name) {
        return new Field(name, Type.LIST, Json.array(), false, true);
    }

    public static Field object(String name) {
        return new Field(name, Type.OBJECT, Json.object(), false, true);
    }

    /** The same, to be sent by every creation. */
    public Field needed() {
        return new Field(name, type, initial, true, settable);
    }

    /** The same, told by the service alone. */
    public Field told() {
        return new Field(name, type, initial, required, false);
    }

    /** The same with null for a value that nobody sent. */
    public Field unset() {
        return new Field(name, type, NullNode.getInstance(), required, settable);
    }

    /** Why the value cannot be taken, as a validator says it; empty: it can. */
    public Optional<String> objection(JsonNode value) {
        if (value.isNull() && initial.isNull()) {
            return Optional.empty();
        }
        return switch (type) {
            case TEXT ->
                value.isString() ? tooLong(value) : Optional.of("'" + shown(value) + "' is not a valid string.");
            case UUID ->
                value.isString() && Schema.isUuid(value.asString())
                        ? Optional.empty()
                        : Optional.of("'" + shown(value) + "' is not a valid UUID.");
            case FLAG ->
                value.isBoolean() || shown(value).matches("(?i)true|false|0|1")
                        ? Optional.empty()
                        : Optional.of("'" + shown(value) + "' cannot be converted to boolean.");
            case NUMBER ->
                value.isIntegralNumber() || shown(value).matches("-?\\d{1,9}")
                        ? Optional.empty()
                        : Optional.of("'" + shown(value) + "' is not an integer.");
            case LIST -> value.isArray() ? Optional.empty() : Optional.of("'" + shown(value) + "' is not a list.");
            case OBJECT ->
                value.isObject() ? Optional.empty() : Optional.of("'" + shown(value) + "' is not a dictionary.");
        };
    }

    private static Optional<String> tooLong(JsonNode value) {
        return value.asString().length() <= Schema.MAX_TEXT
                ? Optional.empty()
                : Optional.of("'" + value.asString() + "' exceeds maximum length of " + Schema.MAX_TEXT + ".");
    }

    private static String shown(JsonNode value) {
        return value.isValueNode() ? value.asString() : value.toString();
    }
}
