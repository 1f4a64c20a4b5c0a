package io.vmrestore.support.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.vmrestore.common.metrics.Metric;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Makes the meters of {@link Metric}s, with the name and the description that stand there. */
public final class Meters {
    private final MeterRegistry registry;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param tags the values of the metric's tags, in their order */
    public Counter counter(Metric metric, String... tags) {
        return Counter.builder(metric.wireName())
                .description(metric.description())
                .tags(tags(metric, tags))
                .register(registry);
    }

    /** @param tags the values of the metric's tags, in their order */
    public Timer timer(Metric metric, String... tags) {
        return Timer.builder(metric.wireName())
                .description(metric.description())
                .tags(tags(metric, tags))
                .register(registry);
    }

    /** The registry keeps the source only weakly. */
    public <T> void gauge(Metric metric, T source, ToDoubleFunction<T> value, String... tags) {
        Gauge.builder(metric.wireName(), source, value)
                .description(metric.description())
                .tags(tags(metric, tags))
                .register(registry);
    }

    /** A gauge of a time; otherwise as {@link #gauge}. */
    public <T> void timeGauge(Metric metric, T source, Function<T, Duration> value) {
        TimeGauge.builder(
                        metric.wireName(),
                        source,
                        TimeUnit.MILLISECONDS,
                        known -> value.apply(known).toMillis())
                .description(metric.description())
                .tags(tags(metric))
                .register(registry);
    }

    private static Tags tags(Metric metric, String... values) {
        List<String> names = metric.tags();
        if (names.size() != values.length) {
            throw new IllegalArgumentException(
                    metric.wireName() + " has the tags " + names + " and was given " + values.length + " values");
        }
        return Tags.of(IntStream.range(0, values.length)
                .mapToObj(index -> Tag.of(names.get(index), values[index]))
                .toList());
    }
}
