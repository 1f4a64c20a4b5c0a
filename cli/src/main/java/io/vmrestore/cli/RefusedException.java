package io.vmrestore.cli;

/** A command cannot go on; the message is for the person who typed it. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** The command ends with {@link ExitCode#REFUSED}. */
    public RefusedException(String message) {
        this(ExitCode.REFUSED, message);
    }

    /** @param exitCode one of {@link ExitCode} */
    public RefusedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
