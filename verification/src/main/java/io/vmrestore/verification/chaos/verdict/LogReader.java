package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
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
    private final List<TopicPartition> eventPartitions = new ArrayList<>();

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

    /**
     * The events that were added since the last call, in the order of their partitions; at the first call all. A record
     * that is no event is found among the dead letters.
     */
    public List<RestoreEvent> events() {
        if (eventPartitions.isEmpty()) {
            eventPartitions.addAll(partitions(List.of(Topics.EVENTS)));
            consumer.assign(eventPartitions);
            consumer.seekToBeginning(eventPartitions);
        }
        List<RestoreEvent> events = new ArrayList<>();
        readToEnd(eventPartitions, record -> {
            try {
                events.add(EventCodec.decode(record.headers(), record.value()));
            } catch (UndecodableException notOurs) {
                // Dispatch finds the same and publishes it as a dead letter.
            }
        });
        return events;
    }

    /** Every record of every dead-letter topic, as {@code topic@offset key id}; no events can be read after it. */
    public List<String> deadLetters() {
        List<String> topics = consumer.listTopics().keySet().stream()
                .filter(topic -> topic.endsWith(DEAD_LETTERS))
                .toList();
        List<TopicPartition> partitions = partitions(topics);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        List<String> found = new ArrayList<>();
        readToEnd(
                partitions,
                record -> found.add(record.topic() + "@" + record.offset() + " " + record.key() + " "
                        + EventCodec.id(record.headers()).orElse("")));
        return found;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<TopicPartition> partitions(List<String> topics) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void readToEnd(List<TopicPartition> partitions, Consumer<ConsumerRecord<String, byte[]>> each) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(each);
        }
    }
}
