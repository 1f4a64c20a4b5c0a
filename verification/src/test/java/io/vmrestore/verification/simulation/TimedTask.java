package io.vmrestore.verification.simulation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task that is run at its time, and again after every period if it has one, until it is cancelled. */
final class TimedTask extends CompletableFuture<@Nullable Void> {
    private final Schedule schedule;
    private final Runnable task;
    private final Duration first;
    private final @Nullable Duration period;

    TimedTask(Schedule schedule, Runnable task, Duration first, @Nullable Duration period) {
        this.schedule = schedule;
        this.task = task;
        this.first = first;
        this.period = period;
    }

    TimedTask startedIn(SimulatedProcess process) {
        process.start("timer", this::keepTime);
        return this;
    }

    private void keepTime() {
        try {
            Duration pause = first;
            while (!schedule.await(this::isDone, pause)) {
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
}
