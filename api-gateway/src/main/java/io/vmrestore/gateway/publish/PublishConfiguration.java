package io.vmrestore.gateway.publish;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.startup.BackgroundStart;
import io.vmrestore.support.startup.StartAttempts;
import io.vmrestore.support.topics.TopicCreation;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** The topics, and a producer that gives up before the client does. */
@Configuration(proxyBeanMethods = false)
class PublishConfiguration {

    @Bean
    BackgroundStart topicStart(
            TopicCreation topics, KafkaTemplate<String, byte[]> template, TimeSource time, Chance chance) {
        BackgroundStart.Work work = () -> new StartAttempts(time, chance).repeat(TopicCreation.OBSTACLE, () -> {
            topics.attempt();
            // The first client should not wait for the producer to find the broker.
            template.partitionsFor(Topics.EVENTS);
        });
        return new BackgroundStart("topic-creation", work, () -> {});
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
