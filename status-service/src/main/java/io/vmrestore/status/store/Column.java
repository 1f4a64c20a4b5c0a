package io.vmrestore.status.store;

import io.vmrestore.common.codec.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column and its place in the JSON of what the rows hold: one description to write and to read by. Values travel as
 * text and the database casts them, so one kind of array serves every type.
 *
 * @param type the SQL type that the text is cast to
 * @param update the value that an existing row takes
 */
record Column(String name, String type, String update, JsonPointer place) {
    /** The type of a column that has an index and so a limit. */
    static final String KEY = "varchar";

    static Column of(String name, String type, String place) {
        return new Column(name, type, "excluded." + name, JsonPointer.compile(place));
    }

    /** A value that is set once. An existing one is kept as it is stored, without being written again. */
    Column setOnce(String table) {
        return new Column(name, type, "coalesce(" + table + "." + name + ", excluded." + name + ")", place);
    }

    /** The value in the document, as text that the database casts. */
    @Nullable
    String valueIn(JsonNode document) {
        JsonNode value = document.at(place);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return switch (type) {
            case "json", "jsonb" -> StoredValue.json(value);
            case "timestamptz" ->
                StoredValue.time(Instant.parse(value.asString())).toString();
            case "int[]" -> value.valueStream().map(JsonNode::asString).collect(Collectors.joining(",", "{", "}"));
            case KEY -> StoredValue.key(value.asString());
            default -> StoredValue.text(value.asString());
        };
    }

    /** The document that a row holds; the row as the database writes it in JSON. */
    static ObjectNode document(List<Column> columns, JsonNode row) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        for (Column column : columns) {
            JsonNode value = row.path(column.name);
            if (!value.isMissingNode() && !value.isNull()) {
                document.withObject(column.place.head()).set(column.place.last().getMatchingProperty(), value);
            }
        }
        return document;
    }
}
