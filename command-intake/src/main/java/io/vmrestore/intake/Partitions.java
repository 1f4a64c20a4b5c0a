package io.vmrestore.intake;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The bookkeeping of all assigned partitions. Pure: no clock, no thread, no consumer. */
final class Partitions {
    private final Map<TopicPartition, PartitionProgress> assigned = new HashMap<>();
    private final Contact contact;

    Partitions(Contact contact) {
        this.contact = contact;
    }

    /** Begins a new assignment of each partition that is not assigned yet. */
    void assign(Collection<TopicPartition> partitions) {
        partitions.forEach(
                partition -> assigned.computeIfAbsent(partition, key -> new PartitionProgress(key, contact)));
    }

    /**
     * Ends the assignments of partitions. What is done and not committed by then is delivered again to whoever has them
     * next.
     *
     * @return the ended assignments
     */
    Set<PartitionProgress> revoke(Collection<TopicPartition> partitions) {
        Set<PartitionProgress> ended = new HashSet<>();
        for (TopicPartition partition : partitions) {
            PartitionProgress progress = assigned.remove(partition);
            if (progress != null) {
                progress.revoke();
                ended.add(progress);
            }
        }
        return ended;
    }

    Set<TopicPartition> assigned() {
        return Set.copyOf(assigned.keySet());
    }

    /**
     * Takes note of a record that is now at work.
     *
     * @return the assignment that it belongs to
     */
    PartitionProgress delivered(TopicPartition partition, long offset, long nanoTime) {
        PartitionProgress progress = assigned.get(partition);
        if (progress == null) {
            throw new IllegalStateException("A record of " + partition + " was delivered, which is not assigned");
        }
        progress.delivered(offset, nanoTime);
        return progress;
    }

    /** Everything that may be committed now and is not. */
    Commit committable() {
        return committable(assigned.keySet());
    }

    /** The same for some partitions. */
    Commit committable(Collection<TopicPartition> partitions) {
        Map<PartitionProgress, Long> positions = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionProgress progress = assigned.get(partition);
            if (progress != null) {
                progress.committable().ifPresent(position -> positions.put(progress, position));
            }
        }
        return new Commit(positions);
    }

    /** A position that is committed already: to commit it again changes nothing and asks whether we may. */
    Commit confirmable() {
        for (PartitionProgress progress : assigned.values()) {
            OptionalLong position = progress.confirmable();
            if (position.isPresent()) {
                return new Commit(Map.of(progress, position.getAsLong()));
            }
        }
        return new Commit(Map.of());
    }

    /** Records at work in assignments that still hold. */
    int inFlight() {
        return assigned.values().stream().mapToInt(PartitionProgress::inFlight).sum();
    }

    /** When the longest waiting record was delivered. */
    OptionalLong oldestNanoTime() {
        return assigned.values().stream()
                .map(PartitionProgress::oldestNanoTime)
                .flatMapToLong(OptionalLong::stream)
                .reduce((one, other) -> one - other < 0 ? one : other);
    }
}
