package io.vmrestore.verification.benchmarks.readings;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What several sources said at one time.
 *
 * @param nanos when, by {@link System#nanoTime()}
 */
public record Reading(long nanos, Map<Counter, Double> counters) {

    public Reading {
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    }

    /** Reads every source. */
    public static Reading of(List<Source> sources) throws Exception {
        Map<Counter, Double> counters = new LinkedHashMap<>();
        for (Source source : sources) {
            counters.putAll(source.read());
        }
        return new Reading(System.nanoTime(), counters);
    }

    /** The time from an earlier reading to this one. */
    public Duration since(Reading earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }

    /**
     * How much each counter has grown, summed over its parts. A part that was not there before has begun at zero; one
     * that is gone, such as a client that was closed, is left out.
     */
    public Map<Counter, Double> growth(Reading earlier) {
        Map<Counter, Double> growth = new LinkedHashMap<>();
        counters.forEach((counter, value) -> growth.merge(
                new Counter(counter.group(), counter.name()),
                value - earlier.counters.getOrDefault(counter, 0.0),
                Double::sum));
        return growth;
    }
}
