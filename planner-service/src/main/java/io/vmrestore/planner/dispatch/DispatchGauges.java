package io.vmrestore.planner.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** Shows whether dispatch works, how far it is behind, and what its restores wait for. */
final class DispatchGauges implements MeterBinder {
    private static final String LAG = "records-lag-max";
    private static final String CONSUMER = "consumer-fetch-manager-metrics";

    private final StreamsBuilderFactoryBean streams;
    private final DispatchProgress progress;

    DispatchGauges(StreamsBuilderFactoryBean streams, DispatchProgress progress) {
        this.streams = streams;
        this.progress = progress;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("restore.dispatch.running", this, gauges -> gauges.running() ? 1 : 0)
                .description("1 while dispatch works or moves partitions")
                .register(registry);
        Gauge.builder("restore.dispatch.lag", this, DispatchGauges::lag)
                .description("Events that dispatch has not read yet, in the partition where they are most")
                .register(registry);
        Gauge.builder("restore.dispatch.open", progress, DispatchProgress::open)
                .description("Commands and announcements that restores at work wait for")
                .register(registry);
        TimeGauge.builder(
                        "restore.dispatch.oldest.unanswered",
                        progress,
                        TimeUnit.MILLISECONDS,
                        waiting -> waiting.oldestUnanswered().toMillis())
                .description("Age of the oldest of them")
                .register(registry);
        TimeGauge.builder(
                        "restore.dispatch.silence",
                        progress,
                        TimeUnit.MILLISECONDS,
                        waiting -> waiting.silence().toMillis())
                .description("Time since the last sign of life of the most silent of them")
                .register(registry);
    }

    private boolean running() {
        KafkaStreams current = streams.getKafkaStreams();
        return current != null && current.state().isRunningOrRebalancing();
    }

    private double lag() {
        KafkaStreams current = streams.getKafkaStreams();
        if (current == null) {
            return Double.NaN;
        }
        return current.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(LAG)
                        && metric.metricName().group().equals(CONSUMER))
                .mapToDouble(DispatchGauges::number)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
