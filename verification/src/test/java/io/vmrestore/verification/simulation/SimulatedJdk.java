package io.vmrestore.verification.simulation;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/**
 * What product code gets of the JDK while it is simulated: the simulation's time, chance and timed waits, and
 * collections that are walked through in the same order in every JVM. {@link Redirections} says what is called instead
 * of what. Waits without a time limit need nothing of this: see {@link SimulatedProcess}.
 */
public final class SimulatedJdk {
    private SimulatedJdk() {}

    private static Schedule schedule() {
        return Schedule.current();
    }

    public static long nanoTime() {
        return schedule().nanos();
    }

    public static long currentTimeMillis() {
        return schedule().now().toEpochMilli();
    }

    public static Instant now() {
        return schedule().now();
    }

    public static InstantSource instantSource() {
        return clock();
    }

    public static Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return schedule().now();
            }
        };
    }

    public static void sleep(long millis) throws InterruptedException {
        sleep(Duration.ofMillis(millis));
    }

    public static void sleep(Duration duration) throws InterruptedException {
        schedule().await(() -> false, duration);
    }

    public static void parkNanos(long nanos) {
        try {
            schedule().await(() -> false, Duration.ofNanos(nanos));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public static <T> T get(Future<T> future, long time, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!schedule().await(future::isDone, Duration.of(time, unit.toChronoUnit()))) {
            throw new TimeoutException();
        }
        return future.get();
    }

    public static boolean await(CountDownLatch latch, long time, TimeUnit unit) throws InterruptedException {
        return schedule().await(() -> latch.getCount() == 0, Duration.of(time, unit.toChronoUnit()));
    }

    public static boolean join(Thread thread, Duration limit) throws InterruptedException {
        return schedule().await(() -> thread.getState() == Thread.State.TERMINATED, limit);
    }

    /** The thread is interrupted when its time has come, and takes that for the end of its wait. */
    public static long awaitNanos(Condition condition, long nanos) throws InterruptedException {
        Thread waiting = Thread.currentThread();
        boolean[] passed = new boolean[2];
        schedule().after(Duration.ofNanos(nanos), () -> {
            if (!passed[0] && !waiting.isInterrupted()) {
                passed[1] = true;
                waiting.interrupt();
            }
        });
        long until = schedule().nanos() + nanos;
        try {
            condition.await();
        } catch (InterruptedException interrupted) {
            if (!passed[1]) {
                throw interrupted;
            }
        } finally {
            passed[0] = true;
        }
        if (passed[1]) {
            // It was signalled as well, and then the interrupt would be left over for the next wait.
            Thread.interrupted();
        }
        return until - schedule().nanos();
    }

    public static UUID randomUuid() {
        Random random = schedule().random();
        return new UUID(
                (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L,
                (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L);
    }

    public static Random random() {
        return schedule().random();
    }

    public static long nextLong(RandomGenerator random, long bound) {
        return random.nextLong(bound);
    }

    /** The JDK's immutable collections are walked through in an order that each JVM chooses anew. */
    public static <K, V> Map<K, V> ordered(Map<K, V> map) {
        Map<K, V> ordered = new LinkedHashMap<>();
        map.entrySet().stream()
                .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(ordered);
    }

    public static <T> Set<T> ordered(Set<T> set) {
        Set<T> ordered = new LinkedHashSet<>();
        set.stream().sorted(Comparator.comparing(String::valueOf)).forEach(ordered::add);
        return Collections.unmodifiableSet(ordered);
    }

    public static <T> Set<T> keySet() {
        return new CopyOnWriteArraySet<>();
    }

    public static Thread.Builder.OfVirtual daemon(Thread.Builder.OfVirtual builder) {
        return builder;
    }

    /** Random, but not secret. */
    public static final class Chance extends SecureRandom {
        private static final long serialVersionUID = 1L;

        public Chance() {
            super();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            schedule().random().nextBytes(bytes);
        }
    }

    /** Keeps time with a virtual thread for each task. */
    public static final class Timetable extends ScheduledThreadPoolExecutor {
        public Timetable(int threads, ThreadFactory factory) {
            super(threads, factory);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return new TimedTask(task, Duration.of(delay, unit.toChronoUnit()), null).started();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            Runnable ignoringResult = () -> {
                try {
                    task.call();
                } catch (Exception failure) {
                    Schedule.current().escaped(failure);
                }
            };
            return (ScheduledFuture<V>) schedule(ignoringResult, delay, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
            return new TimedTask(
                            task, Duration.of(first, unit.toChronoUnit()), Duration.of(period, unit.toChronoUnit()))
                    .started();
        }
    }
}
