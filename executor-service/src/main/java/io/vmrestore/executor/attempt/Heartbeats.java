package io.vmrestore.executor.attempt;

import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets every attempt at work give a sign of life in time. The time source keeps the time for all of them; the beats
 * themselves, which may wait, have threads of their own.
 */
public final class Heartbeats implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);

    private final Duration interval;
    private final TimeSource time;
    private volatile boolean closed;

    /**
     * Heartbeats that start with {@link #every}.
     *
     * @param interval between two heartbeats of one attempt
     */
    public Heartbeats(Duration interval, TimeSource time) {
        this.interval = interval;
        this.time = time;
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
        return time.every(interval, () -> {
            if (!closed && beating.compareAndSet(false, true)) {
                Thread.startVirtualThread(once);
            }
        });
    }

    /** Runs once after a while, unless the returned future is cancelled before. */
    Future<?> after(Duration delay, Runnable task) {
        return time.after(delay, () -> {
            if (!closed) {
                Thread.startVirtualThread(() -> safely(task));
            }
        });
    }

    /** Nothing beats any more. */
    @Override
    public void close() {
        closed = true;
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
