package io.vmrestore.status.store;

/** The tables have no place for something, however often it is tried. */
public final class UnstorableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For the given cause. */
    public UnstorableException(String message, Throwable cause) {
        super(message, cause);
    }
}
