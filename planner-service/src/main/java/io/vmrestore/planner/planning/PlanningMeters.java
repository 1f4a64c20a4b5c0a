package io.vmrestore.planner.planning;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.support.metrics.Meters;
import java.util.concurrent.TimeUnit;

/** Counts and times plans. */
final class PlanningMeters {
    private final Meters meters;
    private final Counter deadLetters;

    PlanningMeters(MeterRegistry registry) {
        meters = new Meters(registry);
        deadLetters = meters.counter(Metric.PLANNING_DEAD_LETTERS);
    }

    void planned(boolean eligible, long nanos) {
        plan(eligible ? "eligible" : "not-eligible", nanos);
    }

    void rejected(FailureKind kind, long nanos) {
        plan(kind.wireName(), nanos);
    }

    void deadLetter() {
        deadLetters.increment();
    }

    private void plan(String outcome, long nanos) {
        meters.timer(Metric.PLANS, outcome).record(nanos, TimeUnit.NANOSECONDS);
    }
}
