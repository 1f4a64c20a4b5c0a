package io.vmrestore.common.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * Time as a part of the product knows it: what the clock shows, how much has passed, every wait that ends because time
 * passes, and what is done later. Nobody asks the JDK for any of these, so a simulation brings its own time and needs
 * nothing else of the product.
 */
public interface TimeSource extends InstantSource {

    /** The machine's time. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /** What the clock shows; may jump when somebody sets it. */
    @Override
    Instant instant();

    /** Grows steadily, in nanoseconds from some moment of the past, as {@link System#nanoTime()}. */
    long nanoTime();

    /** How much has passed since {@link #nanoTime()} returned this. */
    default Duration since(long began) {
        return Duration.ofNanos(nanoTime() - began);
    }

    /** Waits until so much has passed; not at all if it is zero or negative. */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Waits for the end of something, however it ends.
     *
     * @param limit how long at most; zero or negative: only looks
     * @return whether it has ended
     */
    boolean await(Future<?> end, Duration limit) throws InterruptedException;

    /**
     * Waits for a result.
     *
     * @param limit how long at most; zero or negative: only looks
     * @throws TimeoutException if there is none by then
     */
    default <T> T get(Future<T> future, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!await(future, limit)) {
            throw new TimeoutException();
        }
        return future.get();
    }

    /**
     * Runs a task once after a while, unless the returned future is cancelled before. It shares its thread with all
     * others and must not wait for anything.
     */
    Future<?> after(Duration delay, Runnable task);

    /** As {@link #after}, again and again, first after one period, until the returned future is cancelled. */
    Future<?> every(Duration period, Runnable task);

    /** A thread for work that goes on beside everything else, such as to read a topic; not started yet. */
    Thread thread(String name, Runnable work);

    /** This time for those who know the JDK's clocks only. */
    default Clock clock() {
        return withZone(ZoneOffset.UTC);
    }
}
