package io.vmrestore.gateway.recovery;

import io.vmrestore.common.codec.DeadLetter;
import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dead-letter topics from their beginning. Nothing is kept between two readings: the topics themselves say
 * which letters were sent back. Blocks its thread.
 */
final class DeadLetterLog implements AutoCloseable {
    /** The most letters that one reading remembers; beyond it the newer ones are left out. */
    static final int MOST_LETTERS = 1000;

    /** For all dead-letter topics together, or for one record. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<String, byte[]> consumer;
    private final TimeSource time;

    /** @param connection of a Kafka client */
    DeadLetterLog(Map<String, Object> connection, TimeSource time) {
        this.time = time;
        Map<String, Object> properties = new HashMap<>(connection);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(LIMIT.toMillis()));
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(LIMIT.toMillis() / 2));
        // Letters are as large as any record; few are in memory at once.
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * Topics.MAX_RECORD_BYTES);
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** @throws org.apache.kafka.common.KafkaException if the broker does not answer in time */
    DeadLetterRedrive.Listing list() {
        List<TopicPartition> partitions = partitions(Topics.deadLetters());
        Map<TopicPartition, NavigableMap<Long, DeadLetter>> open = new LinkedHashMap<>();
        partitions.forEach(partition -> open.put(partition, new TreeMap<>()));
        boolean[] more = {false};
        read(partitions, Map.of(), letter -> {
            NavigableMap<Long, DeadLetter> letters =
                    Objects.requireNonNull(open.get(new TopicPartition(letter.topic(), letter.partition())));
            OptionalLong marked = DeadLetters.marked(letter);
            if (marked.isPresent()) {
                letters.remove(marked.getAsLong());
            } else if (letters.size() >= MOST_LETTERS) {
                more[0] = true;
            } else {
                letters.put(letter.offset(), DeadLetters.describe(letter));
            }
        });
        List<DeadLetter> all = open.values().stream()
                .flatMap(letters -> letters.values().stream())
                .toList();
        return new DeadLetterRedrive.Listing(
                all.subList(0, Math.min(all.size(), MOST_LETTERS)), more[0] || all.size() > MOST_LETTERS);
    }

    /** What became of one letter. */
    record Found(@Nullable ConsumerRecord<String, byte[]> letter, boolean redriven) {}

    /** Looks one letter up; without it if there is none at this place. */
    Found find(TopicPartition place, long offset) {
        if (!partitions(List.of(place.topic())).contains(place)) {
            return new Found(null, false);
        }
        List<ConsumerRecord<String, byte[]>> letter = new ArrayList<>();
        boolean[] redriven = {false};
        read(List.of(place), Map.of(place, offset), record -> {
            OptionalLong marked = DeadLetters.marked(record);
            if (marked.isPresent()) {
                redriven[0] |= marked.getAsLong() == offset;
            } else if (record.offset() == offset) {
                letter.add(record);
            }
        });
        return new Found(letter.isEmpty() ? null : letter.getFirst(), redriven[0]);
    }

    /** One record of any topic; null if it is not there any more. */
    @Nullable
    ConsumerRecord<String, byte[]> record(TopicPartition place, long offset) {
        if (!partitions(List.of(place.topic())).contains(place)) {
            return null;
        }
        consumer.assign(List.of(place));
        if (offset < consumer.beginningOffsets(List.of(place)).getOrDefault(place, Long.MAX_VALUE)) {
            return null;
        }
        consumer.seek(place, offset);
        long end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
        long deadline = time.nanoTime() + LIMIT.toNanos();
        while (consumer.position(place) < end) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                return record.offset() == offset ? record : null;
            }
            requireTime(deadline);
        }
        return null;
    }

    private List<TopicPartition> partitions(List<String> topics) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    /** Shows every record that is there when the reading begins, from the given offsets or the beginning on. */
    private void read(
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> from,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> reader) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> consumer.seek(
                partition, Math.max(first.getOrDefault(partition, 0L), from.getOrDefault(partition, 0L))));
        long deadline = time.nanoTime() + LIMIT.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(reader);
            requireTime(deadline);
        }
    }

    private void requireTime(long deadline) {
        if (time.nanoTime() - deadline > 0) {
            throw new TimeoutException("The dead-letter topics were not read within " + LIMIT.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
