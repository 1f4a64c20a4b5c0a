package io.vmrestore.verification.simulation;

import io.vmrestore.common.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Topics, groups and transactions as clients of a Kafka broker meet them. */
final class Broker {
    /** How long a transaction may stay open. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

    private final Schedule schedule;
    private final Trace trace;
    private final int partitions;
    private final Map<TopicPartition, PartitionLog> logs = new LinkedHashMap<>();
    private final Map<String, ConsumerGroup> groups = new LinkedHashMap<>();
    private final Map<Transaction, List<PartitionLog>> touched = new HashMap<>();
    private Consumer<SimulatedProcess> aim = _ -> {};
    private final AcknowledgementRule acknowledgements = new AcknowledgementRule();
    private boolean available = true;
    private long version;

    Broker(Schedule schedule, Trace trace, int partitions) {
        this.schedule = schedule;
        this.trace = trace;
        this.partitions = partitions;
        Topics.all(partitions).forEach(topic -> addTopic(topic.name(), topic.partitions()));
    }

    void addTopic(String topic, int count) {
        for (int number = 0; number < count; number++) {
            TopicPartition partition = new TopicPartition(topic, number);
            logs.put(partition, new PartitionLog(partition));
        }
    }

    Schedule schedule() {
        return schedule;
    }

    Trace trace() {
        return trace;
    }

    /** Tells of every process that has just handed over a record, and of every one whose record has just arrived. */
    void aim(Consumer<SimulatedProcess> told) {
        aim = told;
    }

    AcknowledgementRule acknowledgements() {
        return acknowledgements;
    }

    void handedOver(SimulatedProcess process) {
        aim.accept(process);
    }

    /** Whether it answers. */
    boolean available() {
        return available;
    }

    void available(boolean whether) {
        available = whether;
        changed();
    }

    /** Counts what might interest a consumer. */
    long version() {
        return version;
    }

    void changed() {
        version++;
    }

    int partitions(String topic) {
        return (int) logs.keySet().stream()
                .filter(partition -> partition.topic().equals(topic))
                .count();
    }

    PartitionLog log(TopicPartition partition) {
        PartitionLog log = logs.get(partition);
        if (log == null) {
            throw new AssertionError("There is no partition " + partition);
        }
        return log;
    }

    /** All partitions of some topics. */
    List<TopicPartition> of(Set<String> topics) {
        return logs.keySet().stream()
                .filter(partition -> topics.contains(partition.topic()))
                .toList();
    }

    ConsumerGroup group(String name, Duration sessionTimeout) {
        return groups.computeIfAbsent(name, _ -> new ConsumerGroup(this, name, sessionTimeout));
    }

    List<ConsumerGroup> groups() {
        return List.copyOf(groups.values());
    }

    /** The partition of a record: chosen by its producer, or by its key as producers do by default. */
    TopicPartition partition(ProducerRecord<String, byte[]> record) {
        int count = partitions(record.topic());
        int number = record.partition() != null
                ? record.partition()
                : record.key() == null
                        ? 0
                        : Utils.toPositive(
                                        Utils.murmur2(record.key().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                                % count;
        return new TopicPartition(record.topic(), number);
    }

    long append(String who, ProducerRecord<String, byte[]> record, @Nullable Transaction transaction) {
        PartitionLog log = log(partition(record));
        if (transaction != null) {
            touched.computeIfAbsent(transaction, _ -> new ArrayList<>());
            if (!touched.get(transaction).contains(log)) {
                touched.get(transaction).add(log);
            }
        }
        changed();
        long offset = log.append(record, schedule.now().toEpochMilli(), transaction);
        acknowledgements.appended(record);
        trace.add(
                who,
                "appends " + log.partition() + "@" + offset + " " + Records.id(record)
                        + (transaction == null ? "" : " in a transaction"));
        return offset;
    }

    /** A transaction that ends by itself if nobody ends it. */
    Transaction begin(String who) {
        Transaction transaction = new Transaction();
        schedule.after(TRANSACTION_TIMEOUT, () -> {
            if (transaction.open()) {
                trace.add("broker", "aborts the transaction that " + who + " left open");
                end(transaction, false);
            }
        });
        return transaction;
    }

    void end(Transaction transaction, boolean commit) {
        changed();
        if (commit) {
            transaction.commit();
        } else {
            transaction.abort();
        }
        List<PartitionLog> logsOfIt = touched.remove(transaction);
        if (logsOfIt != null) {
            logsOfIt.forEach(PartitionLog::marker);
        }
    }
}
