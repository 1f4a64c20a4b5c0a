package io.vmrestore.planner.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.lifecycle.Decision;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what dispatch reads and publishes. */
final class DispatchMeters {
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

    DispatchMeters(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            events.put(
                    outcome,
                    Counter.builder("restore.dispatch.events")
                            .description(
                                    "Events read, by what became of them; all but applied and ignored are dead letters")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        publishedEvents = published(registry, "event");
        publishedCommands = published(registry, "command");
        interrupted = Counter.builder("restore.dispatch.interrupted")
                .description("Restores found without a sign of life, or at work when dispatch started")
                .register(registry);
        expired = Counter.builder("restore.dispatch.expired")
                .description("Plans that nobody executed in time")
                .register(registry);
    }

    private static Counter published(MeterRegistry registry, String kind) {
        return Counter.builder("restore.dispatch.published")
                .description("Records that followed from events")
                .tag("kind", kind)
                .register(registry);
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
