package io.vmrestore.standalone.cli;

/** A command cannot go on; the message is for the person who typed it. */
public final class CommandLineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandLineException(String message) {
        super(message);
    }
}
