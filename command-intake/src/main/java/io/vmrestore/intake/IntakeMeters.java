package io.vmrestore.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What an intake shows of itself. Written by its poller, read by anyone. */
final class IntakeMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final TimeSource time;
    private final List<Meter> meters = new ArrayList<>();
    private final Counter records;
    private final Counter retries;
    private final Counter restarts;
    private volatile boolean healthy;
    private volatile boolean paused;
    private volatile int inFlight;
    private volatile OptionalLong oldestNanoTime = OptionalLong.empty();
    private volatile long lag;

    IntakeMeters(MeterRegistry registry, String intake, TimeSource time) {
        this.registry = registry;
        this.time = time;
        records = counter(intake, Metric.INTAKE_RECORDS);
        retries = counter(intake, Metric.INTAKE_RETRIES);
        restarts = counter(intake, Metric.INTAKE_RESTARTS);
        gauge(intake, Metric.INTAKE_IN_FLIGHT, () -> inFlight);
        gauge(intake, Metric.INTAKE_OLDEST_UNANSWERED, () -> oldestUnanswered().toMillis() / 1000.0);
        gauge(intake, Metric.INTAKE_PAUSED, () -> paused ? 1 : 0);
        gauge(intake, Metric.INTAKE_HEALTHY, () -> healthy ? 1 : 0);
        gauge(intake, Metric.INTAKE_LAG, () -> lag);
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
        return oldest.isEmpty() ? Duration.ZERO : time.since(oldest.getAsLong());
    }

    /** Removes the meters, so that an intake of the same name may follow. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private Counter counter(String intake, Metric metric) {
        return register(Counter.builder(metric.wireName())
                .description(metric.description())
                .tag(metric.tags().getFirst(), intake)
                .register(registry));
    }

    private void gauge(String intake, Metric metric, Supplier<Number> value) {
        register(Gauge.builder(metric.wireName(), value)
                .description(metric.description())
                .tag(metric.tags().getFirst(), intake)
                .register(registry));
    }

    private <T extends Meter> T register(T meter) {
        meters.add(meter);
        return meter;
    }
}
