package io.vmrestore.status.fold;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.support.metrics.Meters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the fold is doing, for metrics and readiness. Written by the consumer's thread, read by any. */
@Component
public class FoldProgress {
    private final Clock clock;
    private final Map<FoldOutcome, Counter> outcomes = new EnumMap<>(FoldOutcome.class);
    private final Timer time;
    private final Counter failures;
    private volatile int partitions;
    private volatile long lag;
    private volatile long youngestMillis;
    private volatile boolean caughtUp;
    private volatile @Nullable String obstacle = "the fold has not started";
    /** Since when nothing was folded although something may wait; null if nothing does. */
    private volatile @Nullable Instant stalledSince;

    public FoldProgress(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        stalledSince = clock.instant();
        Meters meters = new Meters(registry);
        for (FoldOutcome outcome : FoldOutcome.values()) {
            outcomes.put(outcome, meters.counter(Metric.FOLDED_EVENTS, outcome.wireName()));
        }
        time = meters.timer(Metric.FOLD_TIME);
        failures = meters.counter(Metric.FOLD_FAILURES);
        meters.gauge(Metric.FOLD_LAG, this, progress -> progress.lag);
        meters.gauge(Metric.FOLD_AGE, this, FoldProgress::ageSeconds);
        meters.timeGauge(Metric.FOLD_STALLED, this, FoldProgress::stalled);
    }

    /** A batch is there and not folded yet. */
    void polled() {
        stall();
    }

    void folded(Map<FoldOutcome, Integer> counts, Duration took, long youngestRecordMillis) {
        outcomes.forEach((outcome, counter) -> counter.increment(counts.getOrDefault(outcome, 0)));
        time.record(took);
        youngestMillis = Math.max(youngestMillis, youngestRecordMillis);
        obstacle = null;
        stalledSince = clock.instant();
    }

    void failed(String reason) {
        failures.increment();
        obstacle = reason;
        stall();
    }

    void waiting(String reason) {
        obstacle = reason;
        stall();
    }

    /** The consumer knows where it stands. */
    void positioned(int assignedPartitions, long recordsBehind, long enough) {
        partitions = assignedPartitions;
        lag = recordsBehind;
        caughtUp = caughtUp || recordsBehind <= enough;
        obstacle = null;
        if (recordsBehind == 0) {
            stalledSince = null;
        } else {
            stall();
        }
    }

    /** How long nothing was folded although something waits, or nobody knows whether it does; zero if nothing does. */
    Duration stalled() {
        Instant since = stalledSince;
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
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

    private void stall() {
        if (stalledSince == null) {
            stalledSince = clock.instant();
        }
    }

    private double ageSeconds() {
        return youngestMillis == 0 ? Double.NaN : (clock.millis() - youngestMillis) / 1000.0;
    }
}
