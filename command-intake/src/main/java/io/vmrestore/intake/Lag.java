package io.vmrestore.intake;

import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;

/** Measures now and then how many records wait in the assigned partitions. */
final class Lag {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final IntakeMeters meters;
    private final TimeSource time;
    private long measuredNanoTime;

    Lag(Consumer<?, ?> consumer, IntakeMeters meters, TimeSource time) {
        this.consumer = consumer;
        this.meters = meters;
        this.time = time;
        measuredNanoTime = time.nanoTime();
    }

    /**
     * Known to the consumer from its fetches: no broker is asked, but the consumer's own thread, once per partition.
     */
    void measure() {
        long now = time.nanoTime();
        if (now - measuredNanoTime < INTERVAL.toNanos()) {
            return;
        }
        measuredNanoTime = now;
        meters.lag(consumer.assignment().stream()
                .map(consumer::currentLag)
                .flatMapToLong(OptionalLong::stream)
                .sum());
    }
}
