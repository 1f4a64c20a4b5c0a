package io.vmrestore.planner.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedReadingsTest {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final AtomicInteger read = new AtomicInteger();
    private final SharedReadings<Integer> readings = new SharedReadings<>(Duration.ofSeconds(3), () -> now);

    @Test
    void answersFromAFreshReadingAndReadsAnewAfterThat() throws InterruptedException {
        assertThat(get("a")).isEqualTo(1);
        now = now.plusMillis(2_999);
        assertThat(get("a")).isEqualTo(1);
        now = now.plusMillis(1);
        assertThat(get("a")).isEqualTo(2);
    }

    @Test
    void readsEachProjectByItself() throws InterruptedException {
        assertThat(get("a")).isEqualTo(1);
        assertThat(get("b")).isEqualTo(2);
        assertThat(get("a")).isEqualTo(1);
    }

    @Test
    void requestsAtTheSameTimeShareOneReadingHoweverOld() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, 20)
                    .mapToObj(client -> clients.submit(() -> readings.get("a", () -> {
                        answer.await();
                        return read.incrementAndGet();
                    })))
                    .toList();
            now = now.plusSeconds(60);
            Future<Integer> late = clients.submit(() -> get("a"));
            answer.countDown();
            for (Future<Integer> each : answers) {
                assertThat(each.get()).isEqualTo(1);
            }
            assertThat(late.get()).isBetween(1, 2);
        }
    }

    @Test
    void aFailureIsToldAndForgotten() throws InterruptedException {
        assertThatThrownBy(() -> readings.get("a", () -> {
                    throw new IllegalStateException("the cloud is away");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the cloud is away");
        assertThat(get("a")).isEqualTo(1);
    }

    @Test
    void aReadingOutlivesTheRequestThatBeganIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Thread first = Thread.startVirtualThread(() -> {
            try {
                readings.get("a", () -> {
                    begun.countDown();
                    answer.await();
                    return read.incrementAndGet();
                });
            } catch (InterruptedException gone) {
                // As when a client goes away.
            }
        });
        begun.await();
        first.interrupt();
        first.join();
        answer.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> read.get() == 1);
        assertThat(get("a")).isEqualTo(1);
    }

    private int get(String key) throws InterruptedException {
        return readings.get(key, read::incrementAndGet);
    }
}
