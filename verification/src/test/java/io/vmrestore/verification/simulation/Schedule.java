package io.vmrestore.verification.simulation;

import io.vmrestore.common.time.Chance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens next: which of the threads that can go on does so, and, when none can, to which moment the time
 * jumps. Everything runs on the one thread that calls {@link #run}, so that the seed decides all of it.
 */
final class Schedule {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random;
    private final Thread loop = Thread.currentThread();
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::nanos).thenComparingLong(Timer::number));
    private long nanos;
    private long numbers;
    private long steps;
    private @Nullable SimulatedProcess running;
    private @Nullable Throwable escaped;

    private record Timer(long nanos, long number, Runnable action) {}

    /** A thread that goes on when its condition holds or its time has come. */
    private static final class Wait {
        private final SimulatedProcess process;
        private final Thread thread;
        private final BooleanSupplier condition;
        private final long deadline;
        private boolean over;

        Wait(SimulatedProcess process, Thread thread, BooleanSupplier condition, long deadline) {
            this.process = process;
            this.thread = thread;
            this.condition = condition;
            this.deadline = deadline;
        }
    }

    Schedule(Random random) {
        this.random = random;
    }

    Random random() {
        return random;
    }

    /** The same for product code. */
    Chance chance() {
        return random::nextLong;
    }

    long nanos() {
        return nanos;
    }

    Instant now() {
        return START.plusNanos(nanos);
    }

    long steps() {
        return steps;
    }

    /** A new process, alive and without threads. */
    SimulatedProcess process(String name) {
        SimulatedProcess process = new SimulatedProcess(name, this);
        processes.add(process);
        return process;
    }

    /** The process whose thread runs at the moment. */
    SimulatedProcess running() {
        if (running == null) {
            throw new IllegalStateException("No simulated thread runs");
        }
        return running;
    }

    /** The name of the process whose thread runs at the moment, for the trace. */
    String runs() {
        return running == null ? "world" : running.name();
    }

    /** Runs something once after a while, on the loop itself; it must not wait for anything. */
    void after(Duration delay, Runnable action) {
        timers.add(new Timer(nanos + Math.max(0, delay.toNanos()), numbers++, action));
    }

    /**
     * Lets the calling thread wait.
     *
     * @param condition is asked between the steps of others and must change nothing
     * @param limit how long at most; negative: not at all
     * @return whether the condition holds
     */
    boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Wait wait = new Wait(running(), Thread.currentThread(), condition, deadline(limit));
        waits.add(wait);
        try {
            while (!wait.over) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return condition.getAsBoolean();
        } finally {
            waits.remove(wait);
        }
    }

    /** Lets others go on for a while, whatever happens to the calling thread meanwhile. */
    void pause(Duration duration) {
        boolean interrupted = Thread.interrupted();
        try {
            await(() -> false, duration);
        } catch (InterruptedException hurry) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long deadline(Duration limit) {
        long length =
                limit.compareTo(Duration.ofDays(365)) > 0 ? Duration.ofDays(365).toNanos() : limit.toNanos();
        return nanos + Math.max(0, length);
    }

    /** Takes note of something that the simulation itself must not do. */
    void escaped(Throwable failure) {
        if (escaped == null) {
            escaped = failure;
        }
    }

    boolean foreign(Thread thread) {
        return !thread.isVirtual() && thread != loop;
    }

    /**
     * Lets everything happen until the end.
     *
     * @param ended is asked after every step
     * @param limit virtual time after which the simulation counts as stuck
     * @throws AssertionError if nothing can happen any more, or the limit passes
     */
    void run(BooleanSupplier ended, Duration limit) throws Throwable {
        while (!ended.getAsBoolean()) {
            wake();
            SimulatedProcess next = choose();
            if (next == null) {
                advance(limit);
            } else {
                steps++;
                running = next;
                next.step(random);
                running = null;
            }
            if (escaped != null) {
                throw escaped;
            }
        }
    }

    private void wake() {
        for (int index = 0; index < waits.size(); index++) {
            Wait wait = waits.get(index);
            if (!wait.over && wait.process.runs() && (wait.deadline <= nanos || wait.condition.getAsBoolean())) {
                wait.over = true;
                LockSupport.unpark(wait.thread);
            }
        }
    }

    private @Nullable SimulatedProcess choose() {
        int ready = 0;
        for (SimulatedProcess process : processes) {
            ready += process.ready();
        }
        if (ready == 0) {
            return null;
        }
        int chosen = random.nextInt(ready);
        for (SimulatedProcess process : processes) {
            chosen -= process.ready();
            if (chosen < 0) {
                return process;
            }
        }
        throw new IllegalStateException("One of them was ready");
    }

    private void advance(Duration limit) {
        long next = Long.MAX_VALUE;
        for (Wait wait : waits) {
            if (!wait.over && wait.process.runs()) {
                next = Math.min(next, wait.deadline);
            }
        }
        if (!timers.isEmpty()) {
            next = Math.min(next, timers.peek().nanos());
        }
        if (next == Long.MAX_VALUE) {
            throw new AssertionError("Nothing can happen any more");
        }
        if (next > limit.toNanos()) {
            throw new AssertionError("Not over after " + limit);
        }
        nanos = Math.max(nanos, next);
        while (!timers.isEmpty() && timers.peek().nanos() <= nanos) {
            timers.remove().action().run();
        }
    }

    /** Forgets a dead process with all its threads. */
    void bury(SimulatedProcess process) {
        processes.remove(process);
        waits.removeIf(wait -> wait.process == process);
    }
}
