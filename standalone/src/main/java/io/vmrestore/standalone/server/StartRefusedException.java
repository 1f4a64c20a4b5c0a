package io.vmrestore.standalone.server;

/** The system does not start, for a reason that a person can remove; the message tells which and how. */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartRefusedException(String message) {
        super(message);
    }
}
