package io.vmrestore.verification.simulation;

import io.vmrestore.common.time.TimeSource;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * A process: virtual threads that share the fate of being killed or frozen. It is the scheduler of its virtual threads,
 * and of those that they start, which the JDK lets inherit it; so whatever blocks in product code, in a lock, a future
 * or a queue, gives way to other threads of the simulation without knowing of it.
 */
final class SimulatedProcess implements Executor {
    private static final Constructor<?> BUILDER = builder();

    private final String name;
    private final Schedule schedule;
    private final TimeSource time;
    /** Of each thread, which is known here by what continues it, its place in the order of their starts. */
    private final Map<Runnable, Long> threads = new IdentityHashMap<>();

    private final TreeMap<Long, Runnable> ready = new TreeMap<>();
    private final List<Runnable> atFreeze = new ArrayList<>();
    private final List<Runnable> atWake = new ArrayList<>();
    private final List<Runnable> atDeath = new ArrayList<>();
    private long numbers;
    private boolean frozen;
    private boolean dead;

    SimulatedProcess(String name, Schedule schedule) {
        this.name = name;
        this.schedule = schedule;
        time = new SimulatedTime(schedule, this);
    }

    String name() {
        return name;
    }

    boolean runs() {
        return !frozen && !dead;
    }

    boolean dead() {
        return dead;
    }

    boolean frozen() {
        return frozen;
    }

    /** How many of its threads could go on now. */
    int ready() {
        return runs() ? ready.size() : 0;
    }

    Schedule schedule() {
        return schedule;
    }

    /** What everything in this process goes by. */
    TimeSource time() {
        return time;
    }

    /** Starts a thread of this process. */
    void start(String threadName, Runnable work) {
        thread(threadName, work).start();
    }

    /** A thread of this process that is not started yet. */
    Thread thread(String threadName, Runnable work) {
        return newThread().name(threadName).unstarted(() -> {
            try {
                work.run();
            } catch (Throwable failure) {
                schedule.escaped(failure);
            }
        });
    }

    private Thread.Builder.OfVirtual newThread() {
        try {
            return (Thread.Builder.OfVirtual) BUILDER.newInstance(this);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void execute(Runnable continuation) {
        if (dead) {
            return;
        }
        if (schedule.foreign(Thread.currentThread())) {
            schedule.escaped(new AssertionError(
                    "A thread of " + name + " is woken by " + Thread.currentThread() + ", which no seed decides"));
        }
        ready.put(threads.computeIfAbsent(continuation, _ -> numbers++), continuation);
    }

    /** Lets one of the threads that can go on do so until it waits. */
    void step(Random random) {
        int chosen = random.nextInt(ready.size());
        var keys = ready.keySet().iterator();
        for (int index = 0; index < chosen; index++) {
            keys.next();
        }
        Runnable continuation = ready.remove(keys.next());
        continuation.run();
    }

    /** kill -9: no thread of it ever goes on, and what it had in memory is gone. */
    void kill() {
        dead = true;
        ready.clear();
        threads.clear();
        schedule.bury(this);
        atDeath.forEach(Runnable::run);
    }

    /** SIGSTOP: time passes, but not for it. */
    void freeze() {
        frozen = true;
        atFreeze.forEach(Runnable::run);
    }

    /** SIGCONT. */
    void wake() {
        frozen = false;
        atWake.forEach(Runnable::run);
    }

    void onFreeze(Runnable action) {
        atFreeze.add(action);
    }

    void onWake(Runnable action) {
        atWake.add(action);
    }

    void onDeath(Runnable action) {
        atDeath.add(action);
    }

    @Override
    public String toString() {
        return name;
    }

    /** The JDK keeps its builder with a choice of scheduler for its own tests; the build opens java.lang for it. */
    private static Constructor<?> builder() {
        try {
            Constructor<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            builder.setAccessible(true);
            return builder;
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("This JDK lets nobody choose the scheduler of virtual threads", changed);
        }
    }
}
