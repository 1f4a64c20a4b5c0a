package io.vmrestore.planner.dispatch;

import io.vmrestore.common.contract.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams is tuned for dispatch; each value has its reason beside it. */
final class DispatchProperties {
    /** A killed process holds up readers of its partitions no longer than this. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 10_000;

    private static final int DELIVERY_TIMEOUT_MILLIS = 15_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

    private DispatchProperties() {}

    /**
     * Adds dispatch's own properties to those of the connection.
     *
     * @param connection addresses and security, as Spring Boot has them
     * @param replication of the changelog; −1 leaves it to the broker
     */
    static Map<String, Object> of(Map<String, Object> connection, DispatchSettings settings, short replication) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.guarantee().wireName());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) replication);
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        int interval = interval(settings.guarantee());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, interval);
        properties.put(StreamsConfig.POLL_MS_CONFIG, interval);
        consumer(properties, settings);
        producer(properties, settings);
        return properties;
    }

    /**
     * How often dispatch commits, and for how long a poll may wait although a commit is due. With transactions a hop
     * takes that long, as readers see nothing before the commit; an idle thread that wakes every 2 ms costs 8 % of a
     * core (measured). Without transactions records are visible at once, and the interval only bounds what is read
     * again after a crash.
     */
    private static int interval(Guarantee guarantee) {
        return switch (guarantee) {
            case EXACTLY_ONCE_V2 -> 2;
            case AT_LEAST_ONCE -> 100;
        };
    }

    private static void consumer(Map<String, Object> properties, DispatchSettings settings) {
        int sessionMillis = Math.toIntExact(settings.sessionTimeout().toMillis());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // Most of a failover is this wait.
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), sessionMillis);
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), sessionMillis / 3);
        if (settings.instanceId() != null) {
            properties.put(
                    StreamsConfig.consumerPrefix(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG), settings.instanceId());
        }
    }

    private static void producer(Map<String, Object> properties, DispatchSettings settings) {
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        // A record that is not through by then would outlive its transaction. The thread begins anew from the last
        // commit.
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), DELIVERY_TIMEOUT_MILLIS);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG), REQUEST_TIMEOUT_MILLIS);
        // Right after a commit the next transaction's first send may be told to come again; the default of 100 ms would
        // be the tail of every hop.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 2);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 20);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                2 * Math.max(Jobs.MAX_STATE_BYTES, Topics.MAX_RECORD_BYTES));
        if (settings.guarantee() == Guarantee.EXACTLY_ONCE_V2) {
            properties.put(
                    StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                    TRANSACTION_TIMEOUT_MILLIS);
        }
    }
}
