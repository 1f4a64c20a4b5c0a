package io.vmrestore.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Failed logins within a sliding window, by whatever they are counted by. */
final class Failures {
    /** Bounds memory under a flood of invented names; the least recently tried is forgotten first. */
    private static final int MOST_KEYS = 10_000;

    /** No delay grows beyond this many. */
    private static final int MOST_OF_ONE = 10_000;

    private final Duration window;
    private final Map<String, Deque<Instant>> times = new LinkedHashMap<>(16, 0.75f, true);

    Failures(Duration window) {
        this.window = window;
    }

    /** How many there are. */
    int of(String key, Instant now) {
        Deque<Instant> mine = times.get(key);
        if (mine == null) {
            return 0;
        }
        while (!mine.isEmpty() && !mine.getFirst().plus(window).isAfter(now)) {
            mine.removeFirst();
        }
        return mine.size();
    }

    /** When the oldest of them is forgotten. */
    Instant firstForgotten(String key) {
        return Objects.requireNonNull(times.get(key)).getFirst().plus(window);
    }

    void add(String key, Instant at) {
        Deque<Instant> mine = times.computeIfAbsent(key, _ -> new ArrayDeque<>());
        mine.addLast(at);
        if (mine.size() > MOST_OF_ONE) {
            mine.removeFirst();
        }
        if (times.size() > MOST_KEYS) {
            times.remove(times.keySet().iterator().next());
        }
    }

    void remove(String key, Instant at) {
        Deque<Instant> mine = times.get(key);
        if (mine != null && mine.remove(at) && mine.isEmpty()) {
            times.remove(key);
        }
    }
}
