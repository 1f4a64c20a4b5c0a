package io.vmrestore.common.intake;

import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * One assignment of one partition: what was delivered, what is unanswered, and how far may be committed. The object is
 * the assignment's epoch: a partition that comes back gets a new one. Only {@link #current()} may be asked from other
 * threads.
 */
final class PartitionProgress implements Assignment {
    private final TopicPartition partition;

    /** Offset and time of delivery of every record at work. */
    private final NavigableMap<Long, Long> unanswered = new TreeMap<>();

    private long next = -1;
    private long committed = -1;
    private volatile boolean revoked;

    PartitionProgress(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    @Override
    public boolean current() {
        return !revoked;
    }

    /**
     * Takes note of a record that is now at work. Offsets grow, with gaps: transaction markers have offsets too.
     *
     * @param nanoTime when it was delivered
     */
    void delivered(long offset, long nanoTime) {
        if (offset < next) {
            throw new IllegalStateException("Offset " + offset + " of " + partition + " was delivered after " + next);
        }
        if (next < 0) {
            committed = offset;
        }
        unanswered.put(offset, nanoTime);
        next = offset + 1;
    }

    /** Takes note that a record is done. */
    void answered(long offset) {
        unanswered.remove(offset);
    }

    /**
     * The position to commit: before it everything is done. Empty if that is committed already or no longer ours to
     * say.
     */
    OptionalLong committable() {
        if (revoked || next < 0) {
            return OptionalLong.empty();
        }
        long position = unanswered.isEmpty() ? next : unanswered.firstKey();
        return position > committed ? OptionalLong.of(position) : OptionalLong.empty();
    }

    void committed(long position) {
        committed = Math.max(committed, position);
    }

    void revoke() {
        revoked = true;
    }

    int inFlight() {
        return unanswered.size();
    }

    /** When the longest waiting record was delivered. */
    OptionalLong oldestNanoTime() {
        return unanswered.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(unanswered.firstEntry().getValue());
    }
}
