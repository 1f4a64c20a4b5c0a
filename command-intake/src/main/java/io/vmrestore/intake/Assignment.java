package io.vmrestore.intake;

/**
 * One uninterrupted time in which a partition belongs to this intake; a partition that comes back is a new assignment.
 */
@FunctionalInterface
public interface Assignment {

    /** Whether the partition is still ours. Once false it stays false. */
    boolean current();

    /**
     * Waits until the partition is certainly ours: the group has counted this member in within the last seconds. A
     * process that was frozen does not know yet that its partitions went to others; ask right before what cannot be
     * taken back.
     *
     * @throws RevokedException if the partition is no longer ours, or nobody can say because the broker does not answer
     */
    default void requireConfirmed() throws InterruptedException {
        requireCurrent();
    }

    /**
     * Stops a handler whose record belongs to another member by now, which works on it again.
     *
     * @throws RevokedException if the partition is no longer ours
     */
    default void requireCurrent() {
        if (!current()) {
            throw new RevokedException();
        }
    }
}
