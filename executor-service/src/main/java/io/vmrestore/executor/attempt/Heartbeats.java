package io.vmrestore.executor.attempt;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets every attempt at work give a sign of life in time. One platform thread keeps the time for all of them. */
public final class Heartbeats implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);

    private final Duration interval;
    private final ScheduledThreadPoolExecutor clock;

    /**
     * Heartbeats that start with {@link #every}.
     *
     * @param interval between two heartbeats of one attempt
     */
    public Heartbeats(Duration interval) {
        this.interval = interval;
        clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("heartbeats").factory());
        // A finished attempt must not stay in memory until its next beat would be due.
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Beats until the returned future is cancelled, first after one interval, and never twice at once. */
    Future<?> every(Runnable beat) {
        // While Kafka is away a beat lasts longer than the interval; others behind it would pile up and tell nothing.
        AtomicBoolean beating = new AtomicBoolean();
        Runnable once = () -> {
            try {
                safely(beat);
            } finally {
                beating.set(false);
            }
        };
        return clock.scheduleAtFixedRate(
                () -> {
                    if (beating.compareAndSet(false, true)) {
                        Thread.startVirtualThread(once);
                    }
                },
                interval.toNanos(),
                interval.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Runs once after a while, unless the returned future is cancelled before. */
    Future<?> after(Duration delay, Runnable task) {
        return clock.schedule(
                () -> Thread.startVirtualThread(() -> safely(task)), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** A missed beat is made up for by the next one. */
    private static void safely(Runnable beat) {
        try {
            beat.run();
        } catch (RuntimeException missed) {
            log.warn("A heartbeat was not sent: {}", missed.getMessage());
        }
    }
}
