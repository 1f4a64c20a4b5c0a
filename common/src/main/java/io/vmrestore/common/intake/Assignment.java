package io.vmrestore.common.intake;

/**
 * One uninterrupted time in which a partition belongs to this intake; a partition that comes back is a new assignment.
 */
@FunctionalInterface
public interface Assignment {

    /** Whether the partition is still ours. Once false it stays false. */
    boolean current();

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
