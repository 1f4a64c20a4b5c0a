package io.vmrestore.common.intake;

import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;

/** Measures now and then how many records wait in the assigned partitions. */
final class Lag {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Consumer<?, ?> consumer;
    private final IntakeMeters meters;
    private long measuredNanoTime = System.nanoTime();

    Lag(Consumer<?, ?> consumer, IntakeMeters meters) {
        this.consumer = consumer;
        this.meters = meters;
    }

    /** Known to the consumer from its fetches, so this asks no broker and takes no time. */
    void measure() {
        long now = System.nanoTime();
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
