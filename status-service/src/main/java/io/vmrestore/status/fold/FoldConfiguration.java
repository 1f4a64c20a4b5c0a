package io.vmrestore.status.fold;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.status.StatusSettings;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/** The consumer of the event topic, and the topics themselves. */
@Configuration(proxyBeanMethods = false)
class FoldConfiguration {
    private static final long IDLE_MILLIS = 200;

    /** A batch costs the database much and an event in it little: what comes within this time shares one. */
    private static final long GATHERING_MILLIS = 5;

    @Bean
    KafkaAdmin.NewTopics topics(StatusSettings settings) {
        return new KafkaAdmin.NewTopics(Topics.all(settings.topicPartitions()).stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), settings.topicReplication())
                        .configs(topic.settings()))
                .toArray(NewTopic[]::new));
    }

    /** Nothing at the start of the context, where a database that is away would end it; {@link StartUp} migrates. */
    @Bean
    FlywayMigrationStrategy migrateLater() {
        return _ -> {};
    }

    @Bean
    ConcurrentMessageListenerContainer<String, byte[]> eventContainer(
            ConsumerFactory<String, byte[]> consumers, FoldListener listener) {
        ContainerProperties properties = new ContainerProperties(Topics.EVENTS);
        properties.setMessageListener(listener);
        properties.setConsumerRebalanceListener(listener);
        // Never acknowledged: the offsets are stored with the rows.
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setPollTimeout(IDLE_MILLIS);
        properties.setIdleEventInterval(IDLE_MILLIS);
        properties.setIdleBetweenPolls(GATHERING_MILLIS);
        properties.setIdleBeforeDataMultiplier(1.0);
        properties.setMissingTopicsFatal(false);
        ConcurrentMessageListenerContainer<String, byte[]> container =
                new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName("event-fold");
        container.setAutoStartup(false);
        return container;
    }

    @Bean
    IdleObserver idleObserver(FoldListener listener) {
        return new IdleObserver(listener);
    }

    /** Passes on the container's notice, published on the consumer's thread, that nothing was polled for a while. */
    record IdleObserver(FoldListener listener) {

        @EventListener
        void onIdle(ListenerContainerIdleEvent idle) {
            listener.onIdle(idle.getConsumer());
        }
    }
}
