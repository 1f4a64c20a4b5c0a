package io.vmrestore.executor.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HeartbeatsTest {

    @Test
    void do_not_pile_up_behind_one_that_lasts() {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger lasting = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        try (Heartbeats heartbeats = new Heartbeats(Duration.ofMillis(5), TimeSource.system())) {
            heartbeats.every(() -> {
                lasting.incrementAndGet();
                awaitUninterrupted(go);
            });
            heartbeats.every(others::incrementAndGet);
            await().until(() -> others.get() > 20);
            assertThat(lasting).hasValue(1);
            go.countDown();
            await().until(() -> lasting.get() > 2);
        }
    }

    @Test
    void go_on_after_one_that_failed() {
        AtomicInteger beats = new AtomicInteger();
        try (Heartbeats heartbeats = new Heartbeats(Duration.ofMillis(5), TimeSource.system())) {
            heartbeats.every(() -> {
                beats.incrementAndGet();
                throw new IllegalStateException("Kafka is away");
            });
            await().until(() -> beats.get() > 2);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
