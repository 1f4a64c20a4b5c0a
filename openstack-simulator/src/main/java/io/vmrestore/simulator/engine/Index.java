package io.vmrestore.simulator.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the rows of a table by a derived key. */
public final class Index<T extends Resource> {
    private final Table<T> table;
    private final Function<T, ? extends Collection<String>> keys;
    private final Map<String, Set<String>> ids = new HashMap<>();

    Index(Table<T> table, Function<T, ? extends Collection<String>> keys) {
        this.table = table;
        this.keys = keys;
    }

    public Stream<T> find(String key) {
        return ids.getOrDefault(key, Set.of()).stream().flatMap(id -> table.find(id).stream());
    }

    public boolean contains(String key) {
        return ids.containsKey(key);
    }

    void replace(@Nullable T before, @Nullable T after) {
        if (before != null) {
            keys.apply(before)
                    .forEach(key -> ids.computeIfPresent(key, (unused, members) -> without(members, before.id())));
        }
        if (after != null) {
            keys.apply(after)
                    .forEach(key -> ids.computeIfAbsent(key, unused -> new LinkedHashSet<>())
                            .add(after.id()));
        }
    }

    private static @Nullable Set<String> without(Set<String> members, String id) {
        members.remove(id);
        return members.isEmpty() ? null : members;
    }
}
