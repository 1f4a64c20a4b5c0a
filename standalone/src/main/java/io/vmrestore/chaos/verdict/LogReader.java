package io.vmrestore.chaos.verdict;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their first record to their last committed one. */
public final class LogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String DEAD_LETTERS = Topics.deadLetter("");

    private final KafkaConsumer<String, byte[]> consumer;

    public LogReader(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The event topic, in the order of its partitions; a record that is no event is reported as dead letter as well. */
    public List<RestoreEvent> events() {
        List<RestoreEvent> events = new ArrayList<>();
        read(List.of(Topics.EVENTS), record -> {
            try {
                events.add(EventCodec.decode(record.headers(), record.value()));
            } catch (UndecodableException notOurs) {
                // Dispatch finds the same and publishes it as a dead letter.
            }
        });
        return events;
    }

    /** Every record of every dead-letter topic, as {@code topic@offset key id}. */
    public List<String> deadLetters() {
        List<String> topics = consumer.listTopics().keySet().stream()
                .filter(topic -> topic.endsWith(DEAD_LETTERS))
                .toList();
        List<String> found = new ArrayList<>();
        read(
                topics,
                record -> found.add(record.topic() + "@" + record.offset() + " " + record.key() + " "
                        + EventCodec.id(record.headers()).orElse("")));
        return found;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void read(Collection<String> topics, Consumer<ConsumerRecord<String, byte[]>> each) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(each);
        }
    }
}
