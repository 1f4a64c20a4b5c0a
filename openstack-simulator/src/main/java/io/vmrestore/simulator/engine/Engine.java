package io.vmrestore.simulator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs every operation and every transition of the cloud one after the other, and tells the store what each one changed
 * before its caller gets an answer. Transitions without delay run at the end of the operation that asked for them.
 */
public final class Engine {
    private final ReentrantLock lock = new ReentrantLock();
    private final Timeline timeline;
    private final RandomGenerator random;
    private final List<Table<?>> tables = new ArrayList<>();
    private final Deque<Runnable> due = new ArrayDeque<>();
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private final Deadlines deadlines;
    private @Nullable ChangeSink sink;

    /** One changed row; without a value it was removed. */
    public record Change(String table, String id, @Nullable Resource value) {}

    /** Takes what one operation changed, each row once with its last value, all or nothing. */
    @FunctionalInterface
    public interface ChangeSink {
        void commit(List<Change> changes);
    }

    public Engine(Timeline timeline, RandomGenerator random) {
        this.timeline = timeline;
        this.random = random;
        this.deadlines = new Deadlines(this);
    }

    /** Creates a table; names are part of the file format. */
    public <T extends Resource> Table<T> table(String name, Class<T> type) {
        Table<T> table = new Table<>(name, type, (where, id, value) -> {
            if (sink != null) {
                changes.put(where + "/" + id, new Change(where, id, value));
            }
        });
        tables.add(table);
        return table;
    }

    public List<Table<?>> tables() {
        return Collections.unmodifiableList(tables);
    }

    /** Ends of conditions, which survive a restart. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** From now on every change goes to this sink. */
    public void commitTo(ChangeSink newSink) {
        this.sink = newSink;
    }

    public Instant now() {
        return timeline.now();
    }

    /** A random UUID; the same sequence for the same random generator. */
    public String newId() {
        long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    public RandomGenerator random() {
        return random;
    }

    /** Runs the operation alone, then the transitions it made due, then commits what changed. */
    public <T> T execute(Supplier<T> operation) {
        lock.lock();
        try {
            return operation.get();
        } finally {
            try {
                if (lock.getHoldCount() == 1) {
                    settle();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    public void run(Runnable operation) {
        execute(() -> {
            operation.run();
            return operation;
        });
    }

    /** Plans a transition; with a delay of zero it is due at the end of the running operation. */
    public void after(Duration delay, Runnable transition) {
        if (delay.isZero()) {
            due.add(transition);
        } else {
            timeline.after(delay, () -> run(transition));
        }
    }

    private void settle() {
        for (Runnable next = due.poll(); next != null; next = due.poll()) {
            next.run();
        }
        if (sink != null && !changes.isEmpty()) {
            List<Change> batch = List.copyOf(changes.values());
            changes.clear();
            sink.commit(batch);
        }
    }
}
