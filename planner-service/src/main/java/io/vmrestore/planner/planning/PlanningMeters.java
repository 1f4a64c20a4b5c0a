package io.vmrestore.planner.planning;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vmrestore.common.contract.FailureKind;
import java.util.concurrent.TimeUnit;

/** Counts and times plans. */
final class PlanningMeters {
    private final MeterRegistry registry;
    private final Counter deadLetters;

    PlanningMeters(MeterRegistry registry) {
        this.registry = registry;
        deadLetters = Counter.builder("restore.planning.dead.letters")
                .description("Plan commands that could not be decoded")
                .register(registry);
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
        Timer.builder("restore.planning.plans")
                .description("Plans computed, by outcome: eligible, not-eligible or the kind of failure")
                .tag("outcome", outcome)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
