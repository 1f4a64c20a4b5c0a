package io.vmrestore.planner.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.support.health.ProgressHealth;
import io.vmrestore.support.health.ProgressSettings;
import io.vmrestore.support.startup.BackgroundStart;
import io.vmrestore.support.topics.TopicCreation;
import io.vmrestore.support.topics.TopicSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaStreamsConfiguration;
import org.springframework.kafka.config.KafkaStreamsInfrastructureCustomizer;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** Wires dispatch into Spring. */
@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {
    private static final Duration BETWEEN_THREADS = Duration.ofMillis(500);
    private static final int CLOSE_TIMEOUT_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(DispatchConfiguration.class);

    @Bean
    StreamsBuilderFactoryBean dispatchStreams(
            DispatchSettings settings,
            TopicSettings topics,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            TimeSource time,
            MeterRegistry meters,
            DispatchProgress progress) {
        Map<String, Object> properties =
                DispatchProperties.of(connection(kafka, connection), settings, topics.replication());
        StreamsBuilderFactoryBean streams = new StreamsBuilderFactoryBean(new KafkaStreamsConfiguration(properties));
        streams.setInfrastructureCustomizer(new KafkaStreamsInfrastructureCustomizer() {
            @Override
            public void configureBuilder(StreamsBuilder builder) {
                DispatchTopology.addTo(builder, settings, time.clock(), meters, progress);
            }
        });
        streams.setStreamsUncaughtExceptionHandler(replaceThread(time));
        streams.setStateListener(progress);
        streams.setAutoStartup(false);
        streams.setCloseTimeout(CLOSE_TIMEOUT_SECONDS);
        // Others take over at once. A static member stays in the group instead: its restart takes over from itself.
        streams.setLeaveGroupOnClose(settings.instanceId() == null);
        return streams;
    }

    @Bean
    BackgroundStart dispatchStart(TopicCreation topics, StreamsBuilderFactoryBean dispatchStreams) {
        // Kafka Streams itself gives up on a missing source topic.
        BackgroundStart.Work start = () -> {
            topics.untilDone();
            dispatchStreams.start();
            log.info("Dispatch started");
        };
        return new BackgroundStart("dispatch-start", start, dispatchStreams::stop);
    }

    @Bean
    DispatchHealth dispatchHealthIndicator(StreamsBuilderFactoryBean dispatchStreams) {
        return new DispatchHealth(dispatchStreams);
    }

    @Bean
    DispatchProgress dispatchProgress(Clock clock) {
        return new DispatchProgress(clock);
    }

    @Bean
    ProgressHealth dispatchProgressHealthIndicator(DispatchProgress progress, ProgressSettings settings) {
        return new ProgressHealth(progress::shown, settings);
    }

    @Bean
    EndedJobs endedJobs(StreamsBuilderFactoryBean dispatchStreams) {
        return new EndedJobs(dispatchStreams);
    }

    @Bean
    DispatchGauges dispatchGauges(StreamsBuilderFactoryBean dispatchStreams, DispatchProgress progress) {
        return new DispatchGauges(dispatchStreams, progress);
    }

    private static Map<String, Object> connection(KafkaProperties kafka, KafkaConnectionDetails connection) {
        Map<String, Object> properties = kafka.buildStreamsProperties();
        properties.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                String.join(",", connection.getStreams().getBootstrapServers()));
        String protocol = connection.getStreams().getSecurityProtocol();
        if (protocol != null) {
            properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        }
        return properties;
    }

    /**
     * Whatever ended a thread (a broker away for too long, a topic deleted), a new one goes on from the last commit;
     * the pause keeps a lasting fault from turning into a busy loop.
     */
    private static StreamsUncaughtExceptionHandler replaceThread(TimeSource time) {
        return fault -> {
            log.error("A dispatch thread ended; another takes its place", fault);
            try {
                time.sleep(BETWEEN_THREADS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        };
    }
}
