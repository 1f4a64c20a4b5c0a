package io.vmrestore.planner.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.lifecycle.Decision;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.support.metrics.Meters;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what dispatch reads and publishes. */
public final class DispatchMeters {
    /** What became of an event. */
    enum Outcome {
        APPLIED,
        IGNORED,
        ILLEGAL,
        UNDECODABLE,
        /** Dispatch itself failed on it. */
        FAULT
    }

    private final Map<Outcome, Counter> events = new EnumMap<>(Outcome.class);
    private final Counter publishedEvents;
    private final Counter publishedCommands;
    private final Counter interrupted;
    private final Counter expired;

    public DispatchMeters(MeterRegistry registry) {
        Meters meters = new Meters(registry);
        for (Outcome outcome : Outcome.values()) {
            events.put(
                    outcome,
                    meters.counter(Metric.DISPATCH_EVENTS, outcome.name().toLowerCase(Locale.ROOT)));
        }
        publishedEvents = meters.counter(Metric.DISPATCH_PUBLISHED, "event");
        publishedCommands = meters.counter(Metric.DISPATCH_PUBLISHED, "command");
        interrupted = meters.counter(Metric.DISPATCH_INTERRUPTED);
        expired = meters.counter(Metric.DISPATCH_EXPIRED);
    }

    void read(Outcome outcome) {
        Counter counter = events.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    void published(Decision decision) {
        publishedEvents.increment(decision.events().size());
        publishedCommands.increment(decision.commands().size());
    }

    void overdue(RestoreEvent event) {
        (event instanceof RestoreInterrupted ? interrupted : expired).increment();
    }
}
