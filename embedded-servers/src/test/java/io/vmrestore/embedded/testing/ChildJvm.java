package io.vmrestore.embedded.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Java process with this JVM's class path, for tests that kill a real process. Its main class should end when its
 * standard input does ({@link #untilParentEnds()}), so that it cannot outlive a killed test.
 */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final Path output;

    private ChildJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a main class; standard output and error go to a temporary file. */
    public static ChildJvm start(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("child-jvm-", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new ChildJvm(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + main.getName(), e);
        }
    }

    /** In the child: returns when the process that started it closes its end or is gone. */
    public static void untilParentEnds() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for a line of output that begins with a prefix and returns the rest of that line.
     *
     * @throws IllegalStateException with the whole output, if the process ended without such a line
     */
    public String awaitLine(String prefix, Duration limit) {
        return await().atMost(limit)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> line(prefix), Optional::isPresent)
                .orElseThrow();
    }

    /** The operating system's id of the process. */
    public long pid() {
        return process.pid();
    }

    /** Kills the process as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Process " + process.pid() + " survived its kill");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for process " + process.pid(), e);
        }
    }

    /** Kills the process if it still runs. */
    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> line(String prefix) throws IOException {
        boolean ended = !process.isAlive();
        String text = Files.readString(output);
        // A line counts when it is complete.
        Optional<String> found = text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
        if (found.isEmpty() && ended) {
            throw new IllegalStateException("The child ended with code " + process.exitValue() + " and no line '"
                    + prefix + "'. It wrote:\n" + text);
        }
        return found;
    }
}
