package io.vmrestore.executor.poll;

import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import io.vmrestore.survey.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits for resources of one kind in one project. One list call serves all who wait, so the cloud's load does not grow
 * with the number of restores; the list only says that something changed, the truth is a look at the one resource.
 */
public final class StatusPoller<T> {
    private final String name;
    private final Supplier<List<T>> list;
    private final Function<T, String> id;
    private final PollPace pace;
    private final TimeSource time;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Waiter<T>> waiters = new LinkedHashSet<>();
    /** Done when another wait begins. */
    private CompletableFuture<@Nullable Void> arrival = new CompletableFuture<>();

    private boolean running;

    /**
     * A poller that asks only while somebody waits.
     *
     * @param name for the name of its thread
     * @param list one list call; a resource that is absent counts as changed
     */
    StatusPoller(String name, Supplier<List<T>> list, Function<T, String> id, PollPace pace, TimeSource time) {
        this.name = name;
        this.list = list;
        this.id = id;
        this.pace = pace;
        this.time = time;
    }

    /**
     * Waits until a resource is settled. Looks at least once, even after the deadline. A look that gets no answer ends
     * the wait: to wait for the service is the attempt's own matter, whose deadline stands still meanwhile.
     *
     * @param look asks for the one resource; one that is gone is settled, one that is not certainly gone is not
     * @param settled whether there is nothing to wait for; is also asked about list views. One that a list lacks is
     *     looked at by itself
     * @return the last look; not settled or not certain if the deadline has passed
     * @throws CloudException if the cloud refuses the question or gives no answer
     */
    public Presence<T> await(String resourceId, Presence.Question<T> look, Predicate<T> settled, Instant deadline)
            throws InterruptedException {
        long since = time.nanoTime();
        int doubts = 0;
        for (int looks = 0; ; looks++) {
            Presence<T> view = look.ask();
            if (over(view, settled)) {
                return view;
            }
            Duration left = Duration.between(time.instant(), deadline);
            if (!left.isPositive()) {
                return view;
            }
            if (view instanceof Presence.Unknown<T>) {
                // A list cannot clear it up, and each look costs several calls.
                time.sleep(shorter(left, pace.afterFailures().whole(++doubts)));
            } else if (looks < pace.looks().size()) {
                time.sleep(shorter(left, pace.looks().get(looks)));
            } else {
                awaitChange(new Waiter<>(resourceId, settled, since), left);
            }
        }
    }

    private static <T> boolean over(Presence<T> view, Predicate<T> settled) {
        return switch (view) {
            case Presence.Present<T>(T resource) -> settled.test(resource);
            case Presence.Gone<T> _ -> true;
            case Presence.Unknown<T> _ -> false;
        };
    }

    /** How many waits the poller serves. */
    int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    private void awaitChange(Waiter<T> waiter, Duration left) throws InterruptedException {
        register(waiter);
        try {
            time.get(waiter.changed, left.plusMillis(1));
        } catch (TimeoutException deadlinePassed) {
            // The caller looks a last time.
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof RuntimeException cause ? cause : new CompletionException(refused);
        } finally {
            deregister(waiter);
        }
    }

    private void register(Waiter<T> waiter) {
        lock.lock();
        try {
            waiters.add(waiter);
            if (running) {
                arrival.complete(null);
            } else {
                running = true;
                Thread.ofVirtual().name("poll-" + name).start(this::poll);
            }
        } finally {
            lock.unlock();
        }
    }

    private void deregister(Waiter<T> waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    private void poll() {
        Duration lastCall = Duration.ZERO;
        Duration hold = Duration.ZERO;
        int failures = 0;
        while (true) {
            List<Waiter<T>> batch = nextBatch(time.nanoTime(), lastCall, hold);
            if (batch.isEmpty()) {
                return;
            }
            long began = time.nanoTime();
            try {
                Map<String, T> views = list.get().stream()
                        .collect(Collectors.toMap(id, Function.identity(), (first, second) -> second));
                batch.forEach(waiter -> waiter.offer(views.get(waiter.id)));
                failures = 0;
                hold = Duration.ZERO;
            } catch (CloudException trouble) {
                switch (FailureClass.of(trouble)) {
                    case OUTAGE, PASSING_STATE -> {
                        failures++;
                        hold = retryAfter(trouble, failures);
                        // Each looks for itself, and its attempt waits if it gets no answer either.
                        batch.forEach(waiter -> waiter.changed.complete(null));
                    }
                    case REFUSAL -> batch.forEach(waiter -> waiter.changed.completeExceptionally(trouble));
                }
            } catch (RuntimeException defect) {
                batch.forEach(waiter -> waiter.changed.completeExceptionally(defect));
            }
            lastCall = time.since(began);
        }
    }

    /** Waits for the next call's time; empty when nobody waits any more and the poller has to end. */
    private List<Waiter<T>> nextBatch(long from, Duration lastCall, Duration hold) {
        while (true) {
            Duration rest;
            Future<?> younger;
            lock.lock();
            try {
                if (waiters.isEmpty()) {
                    running = false;
                    return List.of();
                }
                rest = longer(pace.pause(youngest(), lastCall), hold).minus(time.since(from));
                if (!rest.isPositive()) {
                    return List.copyOf(waiters);
                }
                arrival = new CompletableFuture<>();
                younger = arrival;
            } finally {
                lock.unlock();
            }
            try {
                // A younger wait may arrive and shorten the pause.
                time.await(younger, rest);
            } catch (InterruptedException never) {
                throw new IllegalStateException("Nobody interrupts the poller " + name, never);
            }
        }
    }

    private Duration youngest() {
        long since = waiters.stream().mapToLong(waiter -> waiter.since).max().orElseThrow();
        return time.since(since);
    }

    private Duration retryAfter(CloudException trouble, int failures) {
        Duration asked = trouble.retryAfter();
        Duration own = pace.afterFailures().whole(failures);
        return asked == null ? own : longer(asked, own);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static final class Waiter<T> {
        private final String id;
        private final Predicate<T> settled;
        private final long since;
        private final CompletableFuture<@Nullable Void> changed = new CompletableFuture<>();

        Waiter(String id, Predicate<T> settled, long since) {
            this.id = id;
            this.settled = settled;
            this.since = since;
        }

        /** @param view the resource in the list; null: it is missing, so whoever waits must look */
        void offer(@Nullable T view) {
            try {
                if (view == null || settled.test(view)) {
                    changed.complete(null);
                }
            } catch (RuntimeException defect) {
                changed.completeExceptionally(defect);
            }
        }
    }
}
