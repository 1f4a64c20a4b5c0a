package io.vmrestore.executor.userdata;

import io.vmrestore.common.codec.SecretCodec;
import io.vmrestore.common.contract.SecretAddress;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.seal.SealedText;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads sealed texts from {@link Topics#SECRETS}, one at a time. A plan says at which offset its text lies, so one
 * fetch finds it. Compaction may have replaced that record by a later one of the same job, and a copy of the topic has
 * other offsets: then the partition is read from its beginning.
 */
public final class SecretLog implements SecretSource, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    /** For how long a broker may be silent while a text is looked for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Consumer<String, byte[]> consumer;

    /** @param consumers makes consumers that read committed records and belong to no group */
    public SecretLog(Supplier<Consumer<String, byte[]>> consumers, TimeSource time) {
        this.consumers = consumers;
        this.time = time;
    }

    @Override
    public @Nullable SealedText find(UUID jobId, SecretAddress address) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Consumer<String, byte[]> reader = reader();
            TopicPartition partition = new TopicPartition(Topics.SECRETS, address.partition());
            reader.assign(List.of(partition));
            long end = Objects.requireNonNullElse(
                    reader.endOffsets(List.of(partition)).get(partition), 0L);
            if (address.offset() < end) {
                reader.seek(partition, address.offset());
                for (ConsumerRecord<String, byte[]> record : next(reader, partition, end)) {
                    if (record.offset() == address.offset() && record.key().equals(jobId.toString())) {
                        return SecretCodec.decode(record.value());
                    }
                }
            }
            reader.seekToBeginning(List.of(partition));
            return last(reader, partition, end, jobId.toString());
        } catch (InterruptException interrupted) {
            // The client has set the thread's interrupt flag, which the thrown exception stands for.
            Thread.interrupted();
            throw new InterruptedException("The step was taken away while its user_data was looked for");
        } finally {
            lock.unlock();
        }
    }

    private static byte @Nullable [] value(@Nullable ConsumerRecord<String, byte[]> record) {
        return record == null ? null : record.value();
    }

    private @Nullable SealedText last(Consumer<String, byte[]> reader, TopicPartition partition, long end, String key) {
        @Nullable ConsumerRecord<String, byte[]> last = null;
        while (reader.position(partition) < end) {
            for (ConsumerRecord<String, byte[]> record : next(reader, partition, end)) {
                if (record.key().equals(key)) {
                    last = record;
                }
            }
        }
        return SecretCodec.decode(value(last));
    }

    /**
     * The records that the broker gives next, none if there are no more before the end.
     *
     * @throws TimeoutException if it gives none for too long
     */
    private Iterable<ConsumerRecord<String, byte[]>> next(
            Consumer<String, byte[]> reader, TopicPartition partition, long end) {
        Instant limit = time.instant().plus(PATIENCE);
        while (reader.position(partition) < end) {
            List<ConsumerRecord<String, byte[]>> records = reader.poll(POLL).records(partition);
            if (!records.isEmpty()) {
                return records;
            }
            if (time.instant().isAfter(limit)) {
                throw new TimeoutException("The broker gave no record of " + partition + " for " + PATIENCE);
            }
        }
        return List.of();
    }

    private Consumer<String, byte[]> reader() {
        Consumer<String, byte[]> open = consumer;
        if (open == null) {
            open = consumers.get();
            consumer = open;
        }
        return open;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (consumer != null) {
                consumer.close();
                consumer = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
