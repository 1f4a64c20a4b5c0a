package io.vmrestore.common.fair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.fair.FairPlaces.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FairPlacesTest {

    /** Someone who wants a place and waits for it on a thread of their own. */
    private static final class Worker {
        private final CompletableFuture<Place> place = new CompletableFuture<>();
        private final Thread thread;

        Worker(FairPlaces places, String group) {
            int waited = places.waiting();
            thread = Thread.startVirtualThread(() -> {
                try {
                    place.complete(places.take(group));
                } catch (InterruptedException stopped) {
                    place.completeExceptionally(stopped);
                }
            });
            // In their order: either it has its place or it waits.
            while (!place.isDone() && places.waiting() == waited) {
                Thread.onSpinWait();
            }
        }

        boolean works() {
            return place.isDone();
        }

        void end() {
            place.join().close();
        }
    }

    private static List<Worker> workers(FairPlaces places, String group, int number) {
        List<Worker> workers = new ArrayList<>();
        for (int worker = 0; worker < number; worker++) {
            workers.add(new Worker(places, group));
        }
        return workers;
    }

    private static long atWork(List<Worker> workers) {
        return workers.stream().filter(Worker::works).count();
    }

    @Test
    void leaveRoomForOthersHoweverMuchOneGroupWants() {
        FairPlaces places = new FairPlaces(8);
        List<Worker> slow = workers(places, "slow", 24);
        assertThat(atWork(slow)).isEqualTo(6);

        // All others pass through what is left, one after the other.
        for (int round = 0; round < 100; round++) {
            Worker other = new Worker(places, "other-" + round);
            assertThat(other.works()).isTrue();
            other.end();
        }
        assertThat(atWork(slow)).isEqualTo(6);
        assertThat(places.waiting()).isEqualTo(18);
    }

    @Test
    void leaveRoomBesideSeveralSlowGroups() {
        FairPlaces places = new FairPlaces(64);
        for (int group = 0; group < 3; group++) {
            workers(places, "slow-" + group, 100);
        }
        assertThat(new Worker(places, "other").works()).isTrue();
    }

    @Test
    void areHandedOnInTheOrderOfAskingWithinAGroup() {
        FairPlaces places = new FairPlaces(4);
        List<Worker> workers = workers(places, "one", 6);
        assertThat(atWork(workers)).isEqualTo(3);
        workers.getFirst().end();
        assertThat(workers.get(3).place).succeedsWithin(Duration.ofSeconds(10));
        assertThat(workers.get(4).works()).isFalse();
        workers.get(1).end();
        assertThat(workers.get(4).place).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void goFirstToTheGroupThatHasLeast() {
        FairPlaces places = new FairPlaces(1);
        Worker first = new Worker(places, "one");
        Worker same = new Worker(places, "one");
        Worker other = new Worker(places, "other");
        Worker another = new Worker(places, "other");
        assertThat(other.works()).isFalse();
        first.end();
        CompletableFuture.anyOf(same.place, other.place).join();
        Worker next = same.works() ? other : same;
        (same.works() ? same : other).end();
        assertThat(next.place).succeedsWithin(Duration.ofSeconds(10));
        next.end();
        assertThat(another.place).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void areNotLostWithWhoStopsWaiting() {
        FairPlaces places = new FairPlaces(1);
        Worker first = new Worker(places, "one");
        Worker stopped = new Worker(places, "one");
        Worker last = new Worker(places, "one");
        stopped.thread.interrupt();
        assertThatThrownBy(stopped.place::join).hasCauseInstanceOf(InterruptedException.class);
        first.end();
        assertThat(last.place).succeedsWithin(Duration.ofSeconds(10));
        assertThat(places.waiting()).isZero();
    }

    @Test
    void areGivenBackOnce() throws InterruptedException {
        FairPlaces places = new FairPlaces(1);
        Place place = places.take("one");
        place.close();
        place.close();
        try (Place again = places.take("one")) {
            assertThat(new Worker(places, "two").works()).isFalse();
        }
    }

    @Test
    void areNeverMoreThanThereAreAndNoneIsLost() throws InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        FairPlaces places = new FairPlaces(5);
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int worker = 0; worker < 500; worker++) {
            String group = "group-" + random.nextInt(4);
            Thread thread = Thread.startVirtualThread(() -> {
                try (Place place = places.take(group)) {
                    most.accumulateAndGet(working.incrementAndGet(), Math::max);
                    Thread.yield();
                    working.decrementAndGet();
                } catch (InterruptedException stopped) {
                    // Its place, if it had one, must be there in the end.
                }
            });
            threads.add(thread);
            if (random.nextInt(5) == 0) {
                threads.get(random.nextInt(threads.size())).interrupt();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).as("seed %d", seed).isBetween(1, 5);
        assertThat(places.waiting()).isZero();
        // One group alone may take three quarters of all again.
        assertThat(atWork(workers(places, "one", 4))).as("seed %d", seed).isEqualTo(4);
    }

    @Test
    void areAtLeastOne() {
        assertThatThrownBy(() -> new FairPlaces(0)).hasMessage("There must be at least one place, not 0");
    }
}
