package io.vmrestore.support.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundStartTest {
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void beginsWhenWhatItNeedsIsThere() {
        BackgroundStart start = start(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("away");
            }
        });
        start.start();

        await().untilTrue(begun);
        assertThat(failures).hasValue(2);
        assertThat(start.isRunning()).isTrue();

        start.stop();
        assertThat(start.isRunning()).isFalse();
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void whoeverStopsMeanwhileWaitsForNothingAndNothingBeginsAfterwards() {
        BackgroundStart start = start(() -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("away");
        });
        start.start();
        await().until(() -> attempts.get() > 0);

        start.stop();

        assertThat(begun).isFalse();
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void workThatSwallowsTheInterruptBeginsNothingEither() {
        BackgroundStart start = start(() -> {
            attempts.incrementAndGet();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        start.start();
        await().until(() -> attempts.get() > 0);

        start.stop();

        assertThat(begun).isFalse();
    }

    private BackgroundStart start(Runnable work) {
        return new BackgroundStart(
                "start-under-test",
                () -> {
                    new StartAttempts(TimeSource.system(), Chance.system())
                            .repeat("something is not available", work, failures::incrementAndGet);
                    begun.set(true);
                },
                ended::countDown);
    }
}
