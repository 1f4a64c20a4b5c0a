package io.vmrestore.verification.processes;

import java.io.IOException;
import java.io.UncheckedIOException;

/** POSIX signals that the JDK cannot send. */
public final class Signals {
    private Signals() {}

    /** Sends a signal such as {@code STOP}; that the process is gone already is no error. */
    public static void send(String signal, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send SIG" + signal + " to process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
