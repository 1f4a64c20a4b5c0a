package io.vmrestore.support.topics;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.support.startup.StartAttempts;
import io.vmrestore.support.time.TimeConfiguration;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaAdmin;

/** Gives a service {@link TopicCreation}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicSettings.class)
@Import(TimeConfiguration.class)
public class TopicConfiguration {

    @Bean
    KafkaAdmin.NewTopics topics(TopicSettings settings) {
        return new KafkaAdmin.NewTopics(Topics.all(settings.partitions()).stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), settings.replication())
                        .configs(topic.settings()))
                .toArray(NewTopic[]::new));
    }

    @Bean
    TopicCreation topicCreation(KafkaAdmin admin, TimeSource time, Chance chance) {
        return new TopicCreation(admin, new StartAttempts(time, chance));
    }
}
