package io.vmrestore.status.fold;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.status.store.BatchWriter;
import io.vmrestore.status.store.JobStore;
import io.vmrestore.status.store.OffsetStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Folds the whole topic from its beginning into empty tables, by the same code that folds new events. Blocks its
 * thread, which must be the only one to use it.
 */
public final class FreshFold implements AutoCloseable {
    /** Beyond it the database does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final Fold fold;
    private final List<TopicPartition> partitions;
    private final Map<Integer, Long> positions;
    private final long total;
    private long read;

    /**
     * Begins, without reading yet.
     *
     * @param database whose tables are empty
     * @param consumer in no group, of committed records; closed with this fold
     */
    public FreshFold(DatabaseClient database, Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
        fold = new Fold(new JobStore(database), new BatchWriter(database));
        partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        positions = new HashMap<>(Objects.requireNonNull(new OffsetStore(database)
                .read(partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet()))
                .block(LIMIT)));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        total = ends() - sum(consumer.beginningOffsets(partitions));
    }

    /** Records that were in the topic at the beginning; some are only Kafka's own marks. */
    public long total() {
        return total;
    }

    /** Records that are folded. */
    public long read() {
        return read;
    }

    /** Folds what one poll brings. */
    public void step() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        if (records.isEmpty()) {
            return;
        }
        EventBatch batch = EventBatch.decode(records);
        Map<Integer, Long> next = new HashMap<>(positions);
        fold.applyStorable(batch, next).block(LIMIT);
        positions.putAll(batch.nextOffsets());
        read += records.size();
    }

    /** Whether everything is folded that can be read at this moment. */
    public boolean caughtUp() {
        return consumer.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private long ends() {
        return sum(consumer.endOffsets(partitions));
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
