package io.vmrestore.common.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The machine's time. One platform thread keeps the time for everything that is done later. */
final class SystemTime implements TimeSource {
    static final TimeSource INSTANCE = new SystemTime();

    private final ScheduledThreadPoolExecutor timetable = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("timetable").factory());

    private SystemTime() {
        // What was cancelled must not stay in memory until it would have been due.
        timetable.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    @Override
    public boolean await(Future<?> end, Duration limit) throws InterruptedException {
        try {
            end.get(Math.max(0, TimeUnit.NANOSECONDS.convert(limit)), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException tooLong) {
            return end.isDone();
        } catch (ExecutionException | CancellationException ended) {
            return true;
        }
    }

    @Override
    public Future<?> after(Duration delay, Runnable task) {
        return timetable.schedule(task, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
    }

    @Override
    public Future<?> every(Duration period, Runnable task) {
        long nanos = TimeUnit.NANOSECONDS.convert(period);
        return timetable.scheduleAtFixedRate(task, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().name(name).unstarted(work);
    }
}
