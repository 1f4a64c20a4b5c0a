package io.vmrestore.status.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column and what goes into it. Values travel as text and the database casts them, so one kind of array serves every
 * type.
 *
 * @param type the SQL type that the text is cast to
 * @param update the value that an existing row takes
 */
record Column<R>(String name, String type, String update, Function<R, @Nullable String> value) {

    static <R> Column<R> text(String name, Function<R, @Nullable String> value) {
        return of(name, "text", row -> {
            String text = value.apply(row);
            return text == null ? null : StoredJson.withoutNul(text);
        });
    }

    /** Numbers, ids, names of enum constants and truth values. */
    static <R> Column<R> plain(String name, String type, Function<R, ? extends @Nullable Object> value) {
        return of(name, type, row -> {
            Object plain = value.apply(row);
            return plain == null ? null : plain.toString();
        });
    }

    /** Times as exact as the database keeps them; cut off rather than rounded, so that order stays. */
    static <R> Column<R> time(String name, Function<R, @Nullable Instant> value) {
        return of(name, "timestamptz", row -> {
            Instant time = value.apply(row);
            return time == null ? null : time.truncatedTo(ChronoUnit.MICROS).toString();
        });
    }

    static <R> Column<R> json(String name, Function<R, ? extends @Nullable Object> value) {
        return of(name, "jsonb", row -> StoredJson.write(value.apply(row)));
    }

    /** A value that is set once. An existing one is kept as it is stored, without being written again. */
    Column<R> setOnce(String table) {
        return new Column<>(name, type, "coalesce(" + table + "." + name + ", excluded." + name + ")", value);
    }

    private static <R> Column<R> of(String name, String type, Function<R, @Nullable String> value) {
        return new Column<>(name, type, "excluded." + name, value);
    }
}
