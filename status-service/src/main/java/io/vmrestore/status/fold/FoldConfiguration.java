package io.vmrestore.status.fold;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.support.health.Progress;
import io.vmrestore.support.health.ProgressHealth;
import io.vmrestore.support.health.ProgressSettings;
import io.vmrestore.support.startup.BackgroundStart;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/** The consumer of the event topic, and how the fold begins and is watched. */
@Configuration(proxyBeanMethods = false)
class FoldConfiguration {
    private static final long IDLE_MILLIS = 200;

    /** A batch costs the database much and an event in it little: what comes within this time shares one. */
    private static final long GATHERING_MILLIS = 5;

    /** Nothing at the start of the context, where a database that is away would end it; {@link FoldStart} migrates. */
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
    BackgroundStart backgroundFold(FoldStart start, ConcurrentMessageListenerContainer<String, byte[]> container) {
        return new BackgroundStart("fold-start", start::run, container::stop);
    }

    /** Stuck are events that wait while none is folded. A backlog that becomes smaller keeps it up. */
    @Bean
    ProgressHealth foldProgressHealthIndicator(FoldProgress progress, ProgressSettings settings) {
        return new ProgressHealth(
                () -> new Progress().silent("stalled", progress.stalled()).detail("records_behind", progress.lag()),
                settings);
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
