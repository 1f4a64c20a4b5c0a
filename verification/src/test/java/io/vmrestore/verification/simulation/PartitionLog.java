package io.vmrestore.verification.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** One partition of a topic, read as by a consumer that reads committed records only. */
final class PartitionLog {
    private final TopicPartition partition;
    private final List<Entry> entries = new ArrayList<>();
    private int stable;

    /**
     * What has an offset.
     *
     * @param data null for the end of a transaction, which has an offset too
     */
    private record Entry(
            @Nullable ConsumerRecord<String, byte[]> data,
            @Nullable Transaction transaction) {
        boolean open() {
            return transaction != null && transaction.open();
        }

        boolean visible() {
            return data != null && (transaction == null || transaction.committed());
        }
    }

    PartitionLog(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Appends a record and returns its offset. */
    long append(ProducerRecord<String, byte[]> record, long millis, @Nullable Transaction transaction) {
        long offset = entries.size();
        byte[] value = record.value();
        long time = record.timestamp() == null ? millis : record.timestamp();
        entries.add(new Entry(
                new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        offset,
                        time,
                        TimestampType.CREATE_TIME,
                        record.key() == null ? -1 : record.key().length(),
                        value == null ? -1 : value.length,
                        record.key(),
                        value,
                        new RecordHeaders(record.headers().toArray()),
                        Optional.empty()),
                transaction));
        return offset;
    }

    /** Appends the end of a transaction. */
    void marker() {
        entries.add(new Entry(null, null));
    }

    /** The offset of the next record. */
    long end() {
        return entries.size();
    }

    /** The offset before which nothing changes any more; what follows waits for the end of a transaction. */
    long stableEnd() {
        while (stable < entries.size() && !entries.get(stable).open()) {
            stable++;
        }
        return stable;
    }

    /** The first visible record at an offset or behind it, if there is one. */
    @Nullable
    ConsumerRecord<String, byte[]> next(long from) {
        long end = stableEnd();
        for (long offset = from; offset < end; offset++) {
            Entry entry = entries.get((int) offset);
            if (entry.visible()) {
                return entry.data();
            }
        }
        return null;
    }

    /** The offset of the first visible record that is not older, or empty. */
    Optional<Long> since(long millis) {
        for (ConsumerRecord<String, byte[]> record = next(0); record != null; record = next(record.offset() + 1)) {
            if (record.timestamp() >= millis) {
                return Optional.of(record.offset());
            }
        }
        return Optional.empty();
    }
}
