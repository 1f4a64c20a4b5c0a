package io.vmrestore.standalone.cli;

import io.vmrestore.cli.ExitCode;
import io.vmrestore.cli.RefusedException;
import io.vmrestore.embedded.DirectoryLock;
import io.vmrestore.standalone.server.Instance;
import io.vmrestore.standalone.server.ServerMain;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Starts the server as a process of its own that outlives the command, and stops it. */
final class ServerProcess {
    static final String LOG_FILE = "standalone.log";

    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final int SHOWN_LINE_LENGTH = 300;
    private static final int SHOWN_LOG_LINES = 5;

    private final Map<String, String> environment;
    private final Path dataDirectory;
    private final PrintStream out;

    ServerProcess(Map<String, String> environment, Path dataDirectory, PrintStream out) {
        this.environment = environment;
        this.dataDirectory = dataDirectory;
        this.out = out;
    }

    /** Returns when every part is ready. */
    Instance start() throws IOException, InterruptedException {
        Instant began = Instant.now();
        Optional<Instance> other = awaitOther(began);
        if (other.isPresent()) {
            return other.get();
        }
        out.println("Starting broker, database, cloud and services ...");
        Process process = launch();
        Optional<Instance> instance = Optional.empty();
        while (instance.isEmpty()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new RefusedException("The system did not start" + why(process.exitValue()));
            }
            if (Duration.between(began, Instant.now()).compareTo(PATIENCE) > 0) {
                process.destroy();
                throw new RefusedException(
                        ExitCode.TIMED_OUT,
                        "The system was not ready within " + PATIENCE.toSeconds() + " s and was stopped. The end of "
                                + log() + ":\n" + endOfLog());
            }
            instance = Instance.running(dataDirectory).filter(ready -> ready.pid() == process.pid());
        }
        out.printf(
                "Ready after %.1f s.%n%n",
                Duration.between(began, Instant.now()).toMillis() / 1000.0);
        return instance.get();
    }

    /** A server that was started here by other means than this command, once it is ready; empty if there is none. */
    private Optional<Instance> awaitOther(Instant began) throws InterruptedException {
        boolean told = false;
        while (DirectoryLock.isHeld(dataDirectory)) {
            Optional<Instance> ready = Instance.running(dataDirectory);
            if (ready.isPresent()) {
                return ready;
            }
            if (!told) {
                out.println("Another server is starting or stopping in " + dataDirectory + ". Waiting for it ...");
                told = true;
            }
            if (Duration.between(began, Instant.now()).compareTo(PATIENCE) > 0) {
                throw new RefusedException(
                        ExitCode.TIMED_OUT,
                        "Another server has held " + dataDirectory + " for " + PATIENCE.toSeconds()
                                + " s and is not ready. Look at its log, or end it.");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return Optional.empty();
    }

    private String why(int exitCode) throws IOException {
        String end = endOfLog();
        return end.isBlank()
                ? " and said nothing (exit code " + exitCode + "). The disk of " + dataDirectory + " has "
                        + dataDirectory.toFile().getUsableSpace() / (1024 * 1024) + " MB free."
                : ". The end of " + log() + ":\n" + end;
    }

    /** Ends the process as an operator would; by force if it has not ended in time. */
    static void stop(Instance instance, Duration patience) throws InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(instance.pid());
        if (process.isEmpty()) {
            return;
        }
        process.get().destroy();
        try {
            process.get().onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            process.get().destroyForcibly();
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(jvmArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(ServerMain.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("RESTORE_DATA_DIRECTORY", dataDirectory.toString());
        return builder.start();
    }

    /** Sized for a laptop: everything together stays below 1 GB. */
    private List<String> jvmArguments() {
        String given = environment.getOrDefault("RESTORE_JVM_ARGUMENTS", "");
        return given.isBlank()
                ? List.of(
                        "-Xms64m",
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=64m",
                        // The second compiler would take a core for minutes; on two cores that delays more than it
                        // gains.
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED")
                : List.of(given.strip().split("\\s+"));
    }

    private Path log() {
        return dataDirectory.resolve(LOG_FILE);
    }

    private String endOfLog() throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            List<String> all = lines.filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t..."))
                    .map(line ->
                            line.length() <= SHOWN_LINE_LENGTH ? line : line.substring(0, SHOWN_LINE_LENGTH) + " ...")
                    .toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - SHOWN_LOG_LINES), all.size()));
        }
    }
}
