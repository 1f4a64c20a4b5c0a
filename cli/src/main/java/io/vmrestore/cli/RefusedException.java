package io.vmrestore.cli;

/** A command cannot go on; the message is for the person who typed it. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
