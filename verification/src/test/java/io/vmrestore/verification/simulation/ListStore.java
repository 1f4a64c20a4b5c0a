package io.vmrestore.verification.simulation;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store in memory that tells of every change, as one with a changelog does. */
final class ListStore implements KeyValueStore<String, byte[]> {
    private final String name;
    private final NavigableMap<String, byte[]> content;
    private final BiConsumer<String, byte[]> changelog;

    ListStore(String name, Map<String, byte[]> restored, BiConsumer<String, byte[]> changelog) {
        this.name = name;
        this.content = new TreeMap<>(restored);
        this.changelog = changelog;
    }

    @Override
    public void put(String key, byte @Nullable [] value) {
        if (value == null) {
            content.remove(key);
        } else {
            content.put(key, value);
        }
        changelog.accept(key, value);
    }

    @Override
    public byte[] putIfAbsent(String key, byte[] value) {
        byte[] there = content.get(key);
        if (there == null) {
            put(key, value);
        }
        return there;
    }

    @Override
    public void putAll(List<KeyValue<String, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(String key) {
        byte[] there = content.get(key);
        put(key, null);
        return there;
    }

    @Override
    public byte[] get(String key) {
        return content.get(key);
    }

    @Override
    public KeyValueIterator<String, byte[]> range(String from, String to) {
        return iterator(content.subMap(from, true, to, true));
    }

    @Override
    public KeyValueIterator<String, byte[]> all() {
        return iterator(content);
    }

    @Override
    public <P extends Serializer<Q>, Q> KeyValueIterator<String, byte[]> prefixScan(Q prefix, P serializer) {
        String text = String.valueOf(prefix);
        return iterator(content.subMap(text, true, text + Character.MAX_VALUE, true));
    }

    private static KeyValueIterator<String, byte[]> iterator(Map<String, byte[]> part) {
        Iterator<Map.Entry<String, byte[]>> entries =
                List.copyOf(part.entrySet()).iterator();
        return new KeyValueIterator<>() {
            @Override
            public void close() {}

            @Override
            public String peekNextKey() {
                throw new UnsupportedOperationException("Nobody peeks");
            }

            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public KeyValue<String, byte[]> next() {
                Map.Entry<String, byte[]> entry = entries.next();
                return KeyValue.pair(entry.getKey(), entry.getValue());
            }
        };
    }

    @Override
    public long approximateNumEntries() {
        return content.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    @Deprecated
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
