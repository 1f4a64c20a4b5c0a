package io.vmrestore.verification.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Where a consumer reads on in each partition that it has, and which of them it has paused. */
final class ReadPositions {
    private final Broker broker;
    private final String reader;
    private final Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
    private final Set<TopicPartition> paused = new LinkedHashSet<>();

    ReadPositions(Broker broker, String reader) {
        this.broker = broker;
        this.reader = reader;
    }

    Set<TopicPartition> partitions() {
        return new LinkedHashSet<>(offsets.keySet());
    }

    Set<TopicPartition> paused() {
        return new LinkedHashSet<>(paused);
    }

    void pause(Collection<TopicPartition> partitions) {
        paused.addAll(partitions);
    }

    void resume(Collection<TopicPartition> partitions) {
        List.copyOf(partitions).forEach(paused::remove);
    }

    /** Keeps these partitions and no others; those that are new are read from their beginning. */
    void assign(Collection<TopicPartition> partitions) {
        offsets.keySet().retainAll(partitions);
        partitions.forEach(partition -> offsets.putIfAbsent(partition, 0L));
    }

    void add(TopicPartition partition, long offset) {
        offsets.put(partition, offset);
    }

    void remove(Collection<TopicPartition> partitions) {
        offsets.keySet().removeAll(partitions);
        paused.removeAll(partitions);
    }

    void clear() {
        offsets.clear();
        paused.clear();
    }

    long get(TopicPartition partition) {
        Long offset = offsets.get(partition);
        if (offset == null) {
            throw new IllegalStateException(partition + " is not assigned");
        }
        return offset;
    }

    void seek(TopicPartition partition, long offset) {
        get(partition);
        offsets.put(partition, offset);
    }

    boolean fetchable() {
        return offsets.entrySet().stream()
                .anyMatch(position -> !paused.contains(position.getKey())
                        && broker.log(position.getKey()).stableEnd() > position.getValue());
    }

    /** Reads on, until there is nothing left or so many records are read. */
    ConsumerRecords<String, byte[]> fetch(int most) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> fetched = new LinkedHashMap<>();
        int room = most;
        for (TopicPartition partition : List.copyOf(offsets.keySet())) {
            if (paused.contains(partition)) {
                continue;
            }
            PartitionLog log = broker.log(partition);
            while (room > 0) {
                ConsumerRecord<String, byte[]> record = log.next(get(partition));
                if (record == null) {
                    offsets.put(partition, Math.max(get(partition), log.stableEnd()));
                    break;
                }
                broker.trace().add(reader, "reads " + partition + "@" + record.offset() + " " + Records.id(record));
                fetched.computeIfAbsent(partition, _ -> new ArrayList<>()).add(record);
                offsets.put(partition, record.offset() + 1);
                room--;
            }
        }
        return new ConsumerRecords<>(fetched, Map.of());
    }
}
