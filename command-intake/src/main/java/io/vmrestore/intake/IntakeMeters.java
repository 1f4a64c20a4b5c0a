package io.vmrestore.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What an intake shows of itself. Written by its poller, read by anyone. */
final class IntakeMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final Counter records;
    private final Counter retries;
    private final Counter restarts;
    private volatile boolean healthy;
    private volatile boolean paused;
    private volatile int inFlight;
    private volatile OptionalLong oldestNanoTime = OptionalLong.empty();
    private volatile long lag;

    IntakeMeters(MeterRegistry registry, String intake) {
        this.registry = registry;
        records = register(Counter.builder("restore.intake.records")
                .description("Records finished")
                .tag("intake", intake)
                .register(registry));
        retries = register(Counter.builder("restore.intake.retries")
                .description("Attempts at a record that failed and are repeated")
                .tag("intake", intake)
                .register(registry));
        restarts = register(Counter.builder("restore.intake.restarts")
                .description("Times the consumer failed and was replaced")
                .tag("intake", intake)
                .register(registry));
        gauge(intake, "restore.intake.in.flight", "Records at work", () -> inFlight);
        gauge(
                intake,
                "restore.intake.oldest.unanswered",
                "Age of the oldest record at work in seconds",
                () -> oldestUnanswered().toMillis() / 1000.0);
        gauge(intake, "restore.intake.paused", "1 while the window is full", () -> paused ? 1 : 0);
        gauge(intake, "restore.intake.healthy", "1 while the consumer works", () -> healthy ? 1 : 0);
        gauge(intake, "restore.intake.lag", "Records in the assigned partitions that are not delivered yet", () -> lag);
    }

    void polled(boolean full, int unanswered, OptionalLong oldest) {
        healthy = true;
        paused = full;
        inFlight = unanswered;
        oldestNanoTime = oldest;
    }

    void lag(long undelivered) {
        lag = undelivered;
    }

    void finished() {
        records.increment();
    }

    void retried() {
        retries.increment();
    }

    void restarted() {
        restarts.increment();
    }

    void stopped() {
        healthy = false;
        paused = false;
        inFlight = 0;
        oldestNanoTime = OptionalLong.empty();
        lag = 0;
    }

    boolean healthy() {
        return healthy;
    }

    boolean paused() {
        return paused;
    }

    int inFlight() {
        return inFlight;
    }

    Duration oldestUnanswered() {
        OptionalLong oldest = oldestNanoTime;
        return oldest.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - oldest.getAsLong());
    }

    /** Removes the meters, so that an intake of the same name may follow. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private void gauge(String intake, String name, String description, Supplier<Number> value) {
        register(Gauge.builder(name, value)
                .description(description)
                .tag("intake", intake)
                .register(registry));
    }

    private <T extends Meter> T register(T meter) {
        meters.add(meter);
        return meter;
    }
}
