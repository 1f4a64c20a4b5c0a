package io.vmrestore.planner.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.support.metrics.Meters;
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
        Meters meters = new Meters(registry);
        meters.gauge(Metric.DISPATCH_RUNNING, this, gauges -> gauges.running() ? 1 : 0);
        meters.gauge(Metric.DISPATCH_LAG, this, DispatchGauges::lag);
        meters.gauge(Metric.DISPATCH_OPEN, progress, DispatchProgress::open);
        meters.timeGauge(Metric.DISPATCH_OLDEST_UNANSWERED, progress, DispatchProgress::oldestUnanswered);
        meters.timeGauge(Metric.DISPATCH_SILENCE, progress, DispatchProgress::silence);
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

    private static double number(org.apache.kafka.common.Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
