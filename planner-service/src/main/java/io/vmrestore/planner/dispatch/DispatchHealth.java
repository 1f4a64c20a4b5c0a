package io.vmrestore.planner.dispatch;

import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** Up while Kafka Streams works or moves partitions; down before the broker was reached and after a fault. */
final class DispatchHealth implements HealthIndicator {
    private final StreamsBuilderFactoryBean streams;

    DispatchHealth(StreamsBuilderFactoryBean streams) {
        this.streams = streams;
    }

    @Override
    public Health health() {
        KafkaStreams running = streams.getKafkaStreams();
        if (running == null) {
            return Health.down().withDetail("state", "WAITING_FOR_BROKER").build();
        }
        KafkaStreams.State state = running.state();
        return (state.isRunningOrRebalancing() ? Health.up() : Health.down())
                .withDetail("state", state.name())
                .build();
    }
}
