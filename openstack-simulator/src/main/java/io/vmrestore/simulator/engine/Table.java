package io.vmrestore.simulator.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All resources of one kind in the order of their creation, with indexes; to be touched only inside
 * {@link Engine#execute}.
 */
public final class Table<T extends Resource> {
    private final String name;
    private final Class<T> type;
    private final ChangeListener listener;
    private final Map<String, T> rows = new LinkedHashMap<>();
    private final List<Index<T>> indexes = new ArrayList<>();

    Table(String name, Class<T> type, ChangeListener listener) {
        this.name = name;
        this.type = type;
        this.listener = listener;
    }

    public String name() {
        return name;
    }

    public Class<T> type() {
        return type;
    }

    /** Adds an index over the keys that the function yields for a row. */
    public Index<T> index(Function<T, ? extends Collection<String>> keys) {
        Index<T> index = new Index<>(this, keys);
        rows.values().forEach(row -> index.replace(null, row));
        indexes.add(index);
        return index;
    }

    public Optional<T> find(@Nullable String id) {
        return id == null ? Optional.empty() : Optional.ofNullable(rows.get(id));
    }

    public Stream<T> stream() {
        return rows.values().stream();
    }

    public Collection<T> all() {
        return Collections.unmodifiableCollection(rows.values());
    }

    /** Adds or replaces the row with the resource's id and returns it. */
    public T put(T row) {
        T before = rows.put(row.id(), row);
        indexes.forEach(index -> index.replace(before, row));
        listener.changed(name, row.id(), row);
        return row;
    }

    /** Adds a row read from a file. */
    public void load(Resource row) {
        put(type.cast(row));
    }

    public void remove(String id) {
        T before = rows.remove(id);
        if (before != null) {
            indexes.forEach(index -> index.replace(before, null));
            listener.changed(name, id, null);
        }
    }
}
