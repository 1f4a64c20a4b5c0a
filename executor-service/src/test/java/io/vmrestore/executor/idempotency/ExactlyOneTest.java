package io.vmrestore.executor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.time.TimeSource;
import io.vmrestore.intake.Assignment;
import io.vmrestore.intake.RevokedException;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExactlyOneTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");

    private static final Permit MAY = () -> {};

    private record Thing(String id, Instant createdAt) {}

    private final List<Thing> cloud = new CopyOnWriteArrayList<>();

    @Test
    void makes_one() throws InterruptedException {
        assertThat(ExactlyOne.of(new Maker("a", NOW), MAY, TimeSource.system()).id())
                .isEqualTo("a");
        assertThat(cloud).extracting(Thing::id).containsExactly("a");
    }

    @Test
    void adopts_what_is_there_and_makes_nothing_not_even_for_a_moment() throws InterruptedException {
        cloud.add(new Thing("b", NOW));
        Maker maker = new Maker("a", NOW);
        assertThat(ExactlyOne.of(maker, MAY, TimeSource.system()).id()).isEqualTo("b");
        assertThat(maker.creating).isFalse();
        assertThat(cloud).hasSize(1);
    }

    @Test
    void adopts_what_a_lost_answer_made() throws InterruptedException {
        Maker maker = new Maker("a", NOW);
        maker.lost = true;
        assertThat(ExactlyOne.of(maker, MAY, TimeSource.system()).id()).isEqualTo("a");
        assertThat(cloud).hasSize(1);
    }

    @Test
    void a_create_that_failed_without_effect_fails() {
        Maker maker = new Maker("a", NOW);
        maker.refused = true;
        assertThatThrownBy(() -> ExactlyOne.of(maker, MAY, TimeSource.system()))
                .isInstanceOf(CloudException.Invalid.class);
        assertThat(cloud).isEmpty();
    }

    @Test
    void makes_nothing_that_is_not_certainly_its_own_to_make() {
        Assignment revoked = () -> false;
        assertThatThrownBy(() -> ExactlyOne.of(new Maker("a", NOW), revoked::requireConfirmed, TimeSource.system()))
                .isInstanceOf(RevokedException.class);
        assertThat(cloud).isEmpty();
    }

    @Test
    void looks_again_when_it_was_not_allowed_at_once() throws InterruptedException {
        // The permit is given after another executor has made it: as when a process wakes that was frozen.
        Permit late = () -> cloud.add(new Thing("b", NOW));
        assertThat(ExactlyOne.of(new Maker("a", NOW.plusSeconds(1)), late, TimeSource.system(), Duration.ZERO)
                        .id())
                .isEqualTo("b");
        assertThat(cloud).extracting(Thing::id).containsExactly("b");
    }

    @Test
    void an_interrupt_does_not_cut_a_create_call_off() throws InterruptedException {
        Maker maker = new Maker("a", NOW);
        maker.slow = new CountDownLatch(1);
        AtomicReference<Thing> made = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                made.set(ExactlyOne.of(maker, MAY, TimeSource.system()));
            } catch (InterruptedException early) {
                throw new AssertionError(early);
            }
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        await().until(() -> maker.creating);
        thread.interrupt();
        maker.slow.countDown();
        thread.join();
        assertThat(made.get()).isEqualTo(maker.own);
        assertThat(interrupted).isTrue();
    }

    @Test
    void gives_its_own_up_for_an_older_twin() throws InterruptedException {
        Maker maker = new Maker("a", NOW.plusSeconds(1));
        maker.rival = new Thing("b", NOW);
        assertThat(ExactlyOne.of(maker, MAY, TimeSource.system()).id()).isEqualTo("b");
        assertThat(cloud).extracting(Thing::id).containsExactly("b");
    }

    @Test
    void removes_a_younger_twin() throws InterruptedException {
        Maker maker = new Maker("b", NOW);
        maker.rival = new Thing("a", NOW.plusSeconds(1));
        assertThat(ExactlyOne.of(maker, MAY, TimeSource.system()).id()).isEqualTo("b");
        assertThat(cloud).extracting(Thing::id).containsExactly("b");
    }

    @Test
    void within_one_second_takes_nothing_from_a_twin_that_may_have_been_reported() throws InterruptedException {
        Maker maker = new Maker("a", NOW.plusMillis(300));
        maker.rival = new Thing("b", NOW);
        assertThat(ExactlyOne.of(maker, MAY, TimeSource.system()).id()).isEqualTo("b");
        assertThat(cloud).extracting(Thing::id).containsExactly("b");
    }

    @Test
    void executors_at_the_same_time_come_to_the_same_answer() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            cloud.clear();
            List<Future<String>> kept = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int executor = 0; executor < 2; executor++) {
                    Maker maker = new Maker("id-" + random.nextInt(1_000_000), NOW.plusMillis(random.nextInt(900)));
                    long delay = random.nextInt(3);
                    kept.add(threads.submit(() -> {
                        Thread.sleep(delay);
                        return ExactlyOne.of(maker, MAY, TimeSource.system()).id();
                    }));
                }
            }
            assertThat(cloud).as("seed %d round %d", seed, round).hasSize(1);
            assertThat(kept)
                    .as("seed %d round %d", seed, round)
                    .allMatch(
                            answer -> answer.resultNow().equals(cloud.getFirst().id()));
        }
    }

    private final class Maker implements Creation<Thing> {
        private final Thing own;
        private boolean lost;
        private boolean refused;
        private volatile boolean creating;
        private CountDownLatch slow = new CountDownLatch(0);
        private @Nullable Thing rival;

        Maker(String id, Instant createdAt) {
            own = new Thing(id, createdAt);
        }

        @Override
        public List<Thing> find() {
            return List.copyOf(cloud);
        }

        @Override
        public Thing fetch(String id) {
            return Optional.of(own).filter(thing -> thing.id().equals(id)).orElseThrow();
        }

        @Override
        public String create() {
            creating = true;
            try {
                slow.await();
            } catch (InterruptedException cutOff) {
                throw new CloudException.Unavailable(call(0), true, null, cutOff);
            }
            if (refused) {
                throw new CloudException.Invalid(call(400), null);
            }
            cloud.add(own);
            if (rival != null) {
                cloud.add(rival);
            }
            if (lost) {
                throw new CloudException.Unavailable(call(0), true, null, null);
            }
            return own.id();
        }

        @Override
        public void delete(Thing resource) {
            cloud.remove(resource);
        }

        @Override
        public String id(Thing resource) {
            return resource.id();
        }

        @Override
        public Instant createdAt(Thing resource) {
            return resource.createdAt();
        }
    }

    private static FailedCall call(int status) {
        return new FailedCall("network", "POST", "/ports", status, "no", "req-1", null);
    }
}
