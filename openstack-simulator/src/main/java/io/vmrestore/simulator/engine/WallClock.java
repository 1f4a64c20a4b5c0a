package io.vmrestore.simulator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time, with one daemon thread that runs the steps. */
public final class WallClock implements Timeline, AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    public WallClock() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("cloud-transitions").daemon().factory());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void after(Duration delay, Runnable step) {
        if (!executor.isShutdown()) {
            var unused = executor.schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
