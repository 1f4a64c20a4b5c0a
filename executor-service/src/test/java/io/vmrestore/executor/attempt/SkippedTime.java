package io.vmrestore.executor.attempt;

import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's time, in which whoever sleeps for long skips that time instead. */
public final class SkippedTime implements TimeSource {
    private static final Duration LONG = Duration.ofMillis(200);

    private final TimeSource machine = TimeSource.system();
    private final AtomicLong skipped = new AtomicLong();

    @Override
    public Instant instant() {
        return machine.instant().plusNanos(skipped.get());
    }

    @Override
    public long nanoTime() {
        return machine.nanoTime() + skipped.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (duration.compareTo(LONG) < 0) {
            machine.sleep(duration);
            return;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        skip(duration);
    }

    /** So much passes at once. */
    public void skip(Duration duration) {
        skipped.addAndGet(duration.toNanos());
    }

    @Override
    public boolean await(Future<?> end, Duration limit) throws InterruptedException {
        return machine.await(end, limit);
    }

    @Override
    public Future<?> after(Duration delay, Runnable task) {
        return machine.after(delay, task);
    }

    @Override
    public Future<?> every(Duration period, Runnable task) {
        return machine.every(period, task);
    }

    @Override
    public Thread thread(String name, Runnable work) {
        return machine.thread(name, work);
    }
}
