package io.vmrestore.gateway.publish;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.embedded.testing.TestInfrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands in the event topic of a broker. */
public final class PublishedEvents {
    private PublishedEvents() {}

    /** Every event that is in the topic of the tests' broker now and fits. */
    public static List<RestoreEvent> all(Predicate<RestoreEvent> wanted) {
        return all(TestInfrastructure.kafkaBootstrapServers(), wanted);
    }

    /** The same of another broker. */
    static List<RestoreEvent> all(String kafka, Predicate<RestoreEvent> wanted) {
        List<RestoreEvent> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> published : consumer.poll(Duration.ofMillis(200))) {
                    RestoreEvent event = EventCodec.decode(published.headers(), published.value());
                    if (!event.vmId().equals(published.key())) {
                        throw new AssertionError("The key of " + event.id() + " is " + published.key());
                    }
                    if (wanted.test(event)) {
                        found.add(event);
                    }
                }
            }
        }
        return found;
    }
}
