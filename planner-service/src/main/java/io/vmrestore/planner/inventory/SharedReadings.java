package io.vmrestore.planner.inventory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Readings that several requests share: who asks while one goes on waits for it, and who asks soon after gets its
 * answer. A reading has a thread of its own, so it outlives the request that began it. Failures are told to those who
 * wait and then forgotten.
 */
final class SharedReadings<T> {
    private final Map<String, Reading<T>> readings = new ConcurrentHashMap<>();
    private final Duration freshness;
    private final InstantSource clock;

    /** @param freshness how old an answer may be, counted from the beginning of its reading */
    SharedReadings(Duration freshness, InstantSource clock) {
        this.freshness = freshness;
        this.clock = clock;
    }

    private record Reading<T>(FutureTask<T> answer, Instant begun) {}

    /** The answer of a fresh reading; what the reading throws is thrown here. */
    T get(String key, Callable<T> source) throws InterruptedException {
        Instant now = clock.instant();
        readings.values().removeIf(reading -> over(reading, now));
        Reading<T> reading = readings.computeIfAbsent(key, _ -> begin(source, now));
        try {
            return reading.answer().get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException("A reading failed", failed.getCause());
            }
        }
    }

    private Reading<T> begin(Callable<T> source, Instant now) {
        FutureTask<T> answer = new FutureTask<>(source);
        Thread.ofVirtual().name("inventory-reading").start(answer);
        return new Reading<>(answer, now);
    }

    private boolean over(Reading<T> reading, Instant now) {
        return switch (reading.answer().state()) {
            case Future.State.RUNNING -> false;
            case Future.State.SUCCESS -> !now.isBefore(reading.begun().plus(freshness));
            case Future.State.FAILED, Future.State.CANCELLED -> true;
        };
    }
}
