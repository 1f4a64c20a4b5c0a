package io.vmrestore.status.store;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * The SQL that inserts or updates any number of rows at once, one array for each column. A row with the same or a newer
 * {@code version} is left alone.
 */
final class Upsert {
    private final String table;
    private final List<String> key;
    private final List<Column> columns;
    private final boolean serial;

    private Upsert(String table, List<String> key, List<Column> columns, boolean serial) {
        this.table = table;
        this.key = key;
        this.columns = columns;
        this.serial = serial;
    }

    static Upsert of(String table, List<String> key, List<Column> columns) {
        return new Upsert(table, key, columns, false);
    }

    /**
     * For a table with a serial {@code id} beside its key. An upsert draws a number from the sequence for every row,
     * also for those it updates, and the 2^31 numbers of a serial would be used up in months; so existing rows bring
     * theirs.
     */
    static Upsert withSerial(String table, List<String> key, List<Column> columns) {
        return new Upsert(table, key, columns, true);
    }

    int parameters() {
        return columns.size();
    }

    /** The statement, whose parameters are numbered from {@code first} on. */
    String sql(int first) {
        return (serial ? insertWithSerial() : insert()) + from(first) + (serial ? joinKnown() : "") + onConflict();
    }

    /**
     * Binds the rows.
     *
     * @param first number of the first parameter, as in {@link #sql}
     * @param rows what each holds; no two with the same key
     */
    GenericExecuteSpec bind(GenericExecuteSpec statement, int first, List<ObjectNode> rows) {
        GenericExecuteSpec bound = statement;
        for (int column = 0; column < columns.size(); column++) {
            String[] values = rows.stream().map(columns.get(column)::valueIn).toArray(String[]::new);
            // Spring counts parameters from 0, PostgreSQL from 1.
            bound = bound.bind(first - 1 + column, values);
        }
        return bound;
    }

    private String insert() {
        return "INSERT INTO " + table + " (" + join(Column::name) + ") SELECT " + join(Upsert::cast);
    }

    private String insertWithSerial() {
        return "INSERT INTO " + table + " (id, " + join(Column::name) + ") SELECT coalesce(known.id, nextval('" + table
                + "_id_seq')), " + join(Upsert::cast);
    }

    private String from(int first) {
        String arrays = IntStream.range(first, first + columns.size())
                .mapToObj(number -> "$" + number + "::text[]")
                .collect(Collectors.joining(", "));
        return " FROM unnest(" + arrays + ") AS item (" + join(Column::name) + ")";
    }

    private String joinKnown() {
        return " LEFT JOIN " + table + " known ON "
                + columns.stream()
                        .filter(column -> key.contains(column.name()))
                        .map(column -> "known." + column.name() + " = " + cast(column))
                        .collect(Collectors.joining(" AND "));
    }

    private String onConflict() {
        return " ON CONFLICT (" + String.join(", ", key) + ") DO UPDATE SET "
                + columns.stream()
                        .filter(column -> !key.contains(column.name()))
                        .map(column -> column.name() + " = " + column.update())
                        .collect(Collectors.joining(", "))
                + " WHERE " + table + ".version < excluded.version";
    }

    private String join(Function<Column, String> part) {
        return columns.stream().map(part).collect(Collectors.joining(", "));
    }

    private static String cast(Column column) {
        return "item." + column.name() + "::" + column.type();
    }
}
