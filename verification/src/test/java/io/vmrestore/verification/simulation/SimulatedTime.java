package io.vmrestore.verification.simulation;

import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;

/** Time as one process sees it: the schedule's, which passes only when nothing else can happen. */
final class SimulatedTime implements TimeSource {
    private final Schedule schedule;
    private final SimulatedProcess process;

    SimulatedTime(Schedule schedule, SimulatedProcess process) {
        this.schedule = schedule;
        this.process = process;
    }

    @Override
    public Instant instant() {
        return schedule.now();
    }

    @Override
    public long nanoTime() {
        return schedule.nanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        schedule.await(() -> false, duration);
    }

    @Override
    public boolean await(Future<?> end, Duration limit) throws InterruptedException {
        return schedule.await(end::isDone, limit);
    }

    @Override
    public Future<?> after(Duration delay, Runnable task) {
        return new TimedTask(schedule, task, delay, null).startedIn(process);
    }

    @Override
    public Future<?> every(Duration period, Runnable task) {
        return new TimedTask(schedule, task, period, period).startedIn(process);
    }

    @Override
    public Thread thread(String name, Runnable work) {
        return process.thread(name, work);
    }
}
