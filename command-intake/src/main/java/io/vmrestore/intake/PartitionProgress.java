package io.vmrestore.intake;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * One assignment of one partition: what was delivered, what is unanswered, and how far may be committed. The object is
 * the assignment's epoch: a partition that comes back gets a new one. Only what {@link Assignment} says may be asked
 * from other threads.
 */
final class PartitionProgress implements Assignment {
    /** Far below any session timeout: within it nobody else can have been given the partition. */
    private static final Duration CONFIRMED = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final TopicPartition partition;
    private final Contact contact;

    /** Offset and time of delivery of every record at work. */
    private final NavigableMap<Long, Long> unanswered = new TreeMap<>();

    private long next = -1;
    private long committed = -1;
    private volatile boolean revoked;

    PartitionProgress(TopicPartition partition, Contact contact) {
        this.partition = partition;
        this.contact = contact;
    }

    TopicPartition partition() {
        return partition;
    }

    @Override
    public boolean current() {
        return !revoked;
    }

    @Override
    public void requireConfirmed() throws InterruptedException {
        long asked = contact.time().nanoTime();
        requireCurrent();
        while (!contact.within(CONFIRMED.toNanos())) {
            if (contact.time().nanoTime() - asked > PATIENCE.toNanos()) {
                throw new RevokedException("It is not known whether " + partition
                        + " is still assigned to this intake: the broker has confirmed nothing for " + PATIENCE);
            }
            contact.time().sleep(BETWEEN_LOOKS);
            requireCurrent();
        }
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

    /** The position that is committed, or need not be; empty if nothing was delivered yet. */
    OptionalLong confirmable() {
        return revoked || committed < 0 ? OptionalLong.empty() : OptionalLong.of(committed);
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
