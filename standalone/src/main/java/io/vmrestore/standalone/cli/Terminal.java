package io.vmrestore.standalone.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The window that a person reads in. */
final class Terminal {
    private static final int USUAL_WIDTH = 120;
    private static final File DEVICE = new File("/dev/tty");

    private Terminal() {}

    /** Whether a person watches, and nobody reads the output from a file or a pipe. */
    static boolean isWatched() {
        return System.console() != null && System.console().isTerminal();
    }

    /** Columns of the window; the usual ones where nobody watches or nobody can tell. */
    static int width() {
        if (!isWatched() || !DEVICE.exists()) {
            return USUAL_WIDTH;
        }
        try {
            // Java does not tell it; stty is on every system that has this device.
            Process stty =
                    new ProcessBuilder("stty", "size").redirectInput(DEVICE).start();
            try (InputStream answer = stty.getInputStream()) {
                String[] rowsAndColumns = new String(answer.readAllBytes(), StandardCharsets.US_ASCII)
                        .strip()
                        .split(" ");
                int columns = stty.waitFor(1, TimeUnit.SECONDS) && rowsAndColumns.length == 2
                        ? Integer.parseInt(rowsAndColumns[1])
                        : 0;
                return columns > 0 ? columns : USUAL_WIDTH;
            }
        } catch (IOException | NumberFormatException cannotTell) {
            return USUAL_WIDTH;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }

    /** Breaks a text between words; the lines after the first stand under its beginning. */
    static String wrap(String text, int indent, int width) {
        int room = Math.max(20, width - indent);
        StringBuilder wrapped = new StringBuilder();
        int used = 0;
        for (String word : text.split(" ")) {
            if (used > 0 && used + 1 + word.length() > room) {
                wrapped.append(System.lineSeparator()).append(" ".repeat(indent));
                used = 0;
            } else if (used > 0) {
                wrapped.append(' ');
                used++;
            }
            wrapped.append(word);
            used += word.length();
        }
        return wrapped.toString();
    }
}
