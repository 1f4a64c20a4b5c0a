package io.vmrestore.embedded.testing;

import java.util.List;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * {@code @Import(KafkaTestConfiguration.class)} connects a {@code @SpringBootTest} to {@link TestInfrastructure}'s
 * broker, over whatever its properties say. One bean serves containers and embedded servers alike, where
 * {@code @ServiceConnection} would need a second configuration for machines without an engine.
 */
@TestConfiguration(proxyBeanMethods = false)
public class KafkaTestConfiguration {
    @Bean
    KafkaConnectionDetails testKafkaConnectionDetails() {
        List<String> bootstrapServers = List.of(TestInfrastructure.kafkaBootstrapServers());
        return () -> bootstrapServers;
    }
}
