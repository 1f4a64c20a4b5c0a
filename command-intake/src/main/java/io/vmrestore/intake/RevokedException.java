package io.vmrestore.intake;

/**
 * The partition of the record at hand has gone to another member of the group, the intake is closing, or it is not
 * known whether the partition is still ours.
 */
public final class RevokedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RevokedException() {
        this("The record's partition is no longer assigned to this intake");
    }

    RevokedException(String message) {
        super(message);
    }
}
