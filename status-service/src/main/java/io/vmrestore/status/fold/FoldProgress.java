package io.vmrestore.status.fold;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vmrestore.status.StatusMetric;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the fold is doing, for metrics and readiness. Written by the consumer's thread, read by any. */
@Component
class FoldProgress {
    private final Clock clock = Clock.systemUTC();
    private final Map<FoldOutcome, Counter> outcomes = new EnumMap<>(FoldOutcome.class);
    private final Timer time;
    private final Counter failures;
    private volatile int partitions;
    private volatile long lag;
    private volatile long youngestMillis;
    private volatile boolean caughtUp;
    private volatile @Nullable String obstacle = "the fold has not started";

    FoldProgress(MeterRegistry registry) {
        for (FoldOutcome outcome : FoldOutcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder(StatusMetric.FOLDED_EVENTS.wireName())
                            .description(StatusMetric.FOLDED_EVENTS.description())
                            .tag("outcome", outcome.wireName())
                            .register(registry));
        }
        time = Timer.builder(StatusMetric.FOLD_TIME.wireName())
                .description(StatusMetric.FOLD_TIME.description())
                .register(registry);
        failures = Counter.builder(StatusMetric.FOLD_FAILURES.wireName())
                .description(StatusMetric.FOLD_FAILURES.description())
                .register(registry);
        Gauge.builder(StatusMetric.FOLD_LAG.wireName(), this, progress -> progress.lag)
                .description(StatusMetric.FOLD_LAG.description())
                .register(registry);
        Gauge.builder(StatusMetric.FOLD_AGE.wireName(), this, FoldProgress::ageSeconds)
                .description(StatusMetric.FOLD_AGE.description())
                .register(registry);
    }

    void folded(Map<FoldOutcome, Integer> counts, Duration took, long youngestRecordMillis) {
        outcomes.forEach((outcome, counter) -> counter.increment(counts.getOrDefault(outcome, 0)));
        time.record(took);
        youngestMillis = Math.max(youngestMillis, youngestRecordMillis);
        obstacle = null;
    }

    void failed(String reason) {
        failures.increment();
        obstacle = reason;
    }

    void waiting(String reason) {
        obstacle = reason;
    }

    /** The consumer knows where it stands. */
    void positioned(int assignedPartitions, long recordsBehind, long enough) {
        partitions = assignedPartitions;
        lag = recordsBehind;
        caughtUp = caughtUp || recordsBehind <= enough;
        obstacle = null;
    }

    int partitions() {
        return partitions;
    }

    long lag() {
        return lag;
    }

    boolean caughtUp() {
        return caughtUp;
    }

    /** What keeps the fold from working; null if nothing does. */
    @Nullable
    String obstacle() {
        return obstacle;
    }

    private double ageSeconds() {
        return youngestMillis == 0 ? Double.NaN : (clock.millis() - youngestMillis) / 1000.0;
    }
}
