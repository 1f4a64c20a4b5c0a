package io.vmrestore.intake;

import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_PROTOCOL_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_RECORDS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The consumer properties that an intake relies on, laid over those of its settings. */
final class ConsumerProperties {
    /** With KIP-848 the broker decides these, and a consumer that sets them refuses to start. */
    private static final List<String> DECIDED_BY_BROKER =
            List.of(SESSION_TIMEOUT_MS_CONFIG, HEARTBEAT_INTERVAL_MS_CONFIG, PARTITION_ASSIGNMENT_STRATEGY_CONFIG);

    private ConsumerProperties() {}

    static Map<String, Object> of(IntakeSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.consumer());
        DECIDED_BY_BROKER.forEach(properties::remove);
        properties.put(GROUP_PROTOCOL_CONFIG, "consumer");
        properties.put(ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(MAX_POLL_RECORDS_CONFIG, settings.batch());
        properties.put(KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        properties.put(VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }
}
