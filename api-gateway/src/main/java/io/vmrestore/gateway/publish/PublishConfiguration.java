package io.vmrestore.gateway.publish;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.gateway.GatewaySettings;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;

/** The topics, and a producer that gives up before the client does. */
@Configuration(proxyBeanMethods = false)
class PublishConfiguration {

    @Bean
    NewTopics topics(GatewaySettings settings) {
        return new NewTopics(Topics.all(settings.topics().partitions()).stream()
                .map(topic -> new NewTopic(
                                topic.name(),
                                topic.partitions(),
                                settings.topics().replication())
                        .configs(topic.settings()))
                .toArray(NewTopic[]::new));
    }

    /**
     * Half of the time is for finding the broker, half for its acknowledgement. Kafka bounds the two separately
     * ({@code max.block.ms}, {@code delivery.timeout.ms}); after the second nothing is sent any more.
     */
    @Bean
    DefaultKafkaProducerFactoryCustomizer boundedWait(GatewaySettings settings) {
        int half = Math.toIntExact(settings.waits().publish().toMillis() / 2);
        return producers -> producers.updateConfigs(Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, half,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, half,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, half));
    }
}
