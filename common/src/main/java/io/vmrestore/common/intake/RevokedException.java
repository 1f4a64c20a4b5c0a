package io.vmrestore.common.intake;

/** The partition of the record at hand has gone to another member of the group, or the intake is closing. */
public final class RevokedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RevokedException() {
        super("The record's partition is no longer assigned to this intake");
    }
}
