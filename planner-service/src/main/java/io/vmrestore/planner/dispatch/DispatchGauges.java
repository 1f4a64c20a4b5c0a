package io.vmrestore.planner.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** Shows whether dispatch works and how far it is behind. */
final class DispatchGauges implements MeterBinder {
    private static final String LAG = "records-lag-max";
    private static final String CONSUMER = "consumer-fetch-manager-metrics";

    private final StreamsBuilderFactoryBean streams;

    DispatchGauges(StreamsBuilderFactoryBean streams) {
        this.streams = streams;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("restore.dispatch.running", this, gauges -> gauges.running() ? 1 : 0)
                .description("1 while dispatch works or moves partitions")
                .register(registry);
        Gauge.builder("restore.dispatch.lag", this, DispatchGauges::lag)
                .description("Events that dispatch has not read yet, in the partition where they are most")
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
