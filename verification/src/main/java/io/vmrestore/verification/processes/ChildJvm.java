package io.vmrestore.verification.processes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process with this JVM's class path that ends with this JVM, and the signals that it can be sent. */
public final class ChildJvm {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path readyFile;

    private ChildJvm(String name, Process process, Path readyFile) {
        this.name = name;
        this.process = process;
        this.readyFile = readyFile;
    }

    /**
     * Starts {@link ChildMain} for a member.
     *
     * @param directory for the log, which is appended to, and for the note that the process is ready
     * @param environment in addition to this JVM's own
     */
    public static ChildJvm start(Member member, Path directory, Map<String, String> environment) {
        Path readyFile = directory.resolve(member.name() + ".ready");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + member.role().heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ChildMain.class.getName(),
                member.role().name()));
        File log = directory.resolve(member.name() + ".log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(environment);
        builder.environment().put(ChildMain.READY_FILE, readyFile.toString());
        try {
            Files.deleteIfExists(readyFile);
            return new ChildJvm(member.name(), builder.start(), readyFile);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + member.name(), e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Whether the process has said that it is ready. */
    public boolean ready() {
        return Files.exists(readyFile);
    }

    /** Ends the process as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " survived its kill for " + KILL_LIMIT.toSeconds() + " s");
        }
    }

    /**
     * Asks the process to end (SIGTERM).
     *
     * @return whether it has ended in time
     */
    public boolean terminate(Duration patience) throws InterruptedException {
        process.destroy();
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops the process in its tracks (SIGSTOP). */
    public void pause() {
        signal("STOP");
    }

    /** Lets a paused process go on (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        Signals.send(signal, process.pid());
    }
}
