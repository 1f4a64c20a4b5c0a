package io.vmrestore.verification.simulation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task that is run at its time, and again after every period if it has one, until it is cancelled. */
final class TimedTask extends CompletableFuture<@Nullable Object> implements ScheduledFuture<@Nullable Object> {
    private final Runnable task;
    private final Duration first;
    private final @Nullable Duration period;

    TimedTask(Runnable task, Duration first, @Nullable Duration period) {
        this.task = task;
        this.first = first;
        this.period = period;
    }

    TimedTask started() {
        Schedule.current().running().start("timer", this::keepTime);
        return this;
    }

    private void keepTime() {
        try {
            Duration pause = first;
            while (!Schedule.current().await(this::isDone, pause)) {
                task.run();
                if (period == null) {
                    complete(null);
                    return;
                }
                pause = period;
            }
        } catch (InterruptedException never) {
            throw new IllegalStateException("Nobody interrupts a timer", never);
        }
    }

    @Override
    public long getDelay(TimeUnit unit) {
        throw new UnsupportedOperationException("Nobody asks");
    }

    @Override
    public int compareTo(Delayed other) {
        throw new UnsupportedOperationException("Nobody asks");
    }
}
