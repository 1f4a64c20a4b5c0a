package io.vmrestore.executor;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Reads the events that executors publish, and the dead letters. */
final class EventReader implements AutoCloseable {
    private final List<StepEvent> events = new CopyOnWriteArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> deadLetters = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();
    private volatile boolean open = true;

    EventReader(String bootstrapServers, String deadLetterTopic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(Topics.EVENTS, deadLetterTopic).stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().name("event-reader").start(() -> read(consumer));
    }

    List<StepEvent> of(StepAddress step) {
        return events.stream().filter(event -> event.step().equals(step)).toList();
    }

    /** The outcome of an attempt. */
    StepEvent outcome(StepAddress step) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> of(step).stream()
                                .filter(event -> event instanceof StepCompleted || event instanceof StepFailed)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** When the event was handed to the producer. */
    Instant written(StepEvent event) {
        return Objects.requireNonNull(written.get(event.id()));
    }

    List<ConsumerRecord<String, byte[]>> deadLetters() {
        return deadLetters;
    }

    private void read(KafkaConsumer<String, byte[]> consumer) {
        try (consumer) {
            while (open) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> {
                    if (!record.topic().equals(Topics.EVENTS)) {
                        deadLetters.add(record);
                    } else if (EventCodec.decode(record.headers(), record.value()) instanceof StepEvent event) {
                        written.put(event.id(), Instant.ofEpochMilli(record.timestamp()));
                        events.add(event);
                    }
                });
            }
        }
    }

    @Override
    public void close() {
        open = false;
        Awaitility.await().until(() -> !thread.isAlive());
    }
}
