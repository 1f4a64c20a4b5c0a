package io.vmrestore.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers deployment.sh at a pseudo-terminal as a person would, and reads what it wrote as a shell does. */
@Timeout(60)
class DeploymentTest {
    private static final String PASSWORD = "it's a $ecret \"with\" \\ and `ticks`";

    @TempDir
    private Path directory;

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.copy(Path.of("..", "deployment.sh"), directory.resolve("deployment.sh"));
    }

    @Test
    void asksAndWritesWhatTheServicesRead() throws Exception {
        try (Terminal terminal = new Terminal(directory)) {
            terminal.answer("Enable Snapshot Restore feature? (true/false) [false]:", "yes");
            terminal.answer("Answer true or false, not 'yes'.", "true");
            terminal.answer("Enable Dry-Run mode? (plans only, no execution) (true/false) [false]:", "");
            terminal.answer("Enable Volume Cleanup on failed restores? (true/false) [false]:", "");
            terminal.answer("Keystone URL (OS_AUTH_URL):", "cloud.example");
            terminal.answer("The URL begins with http:// or https://", "https://cloud.example:5000/v3");
            terminal.answer("Administrator (OS_USERNAME):", "admin");
            terminal.answer("Password (OS_PASSWORD):", PASSWORD);
            terminal.answer("Project of the administrator (OS_PROJECT_NAME):", "");
            terminal.answer("An answer is needed (OS_PROJECT_NAME).", "service");
            terminal.answer("Domain of the administrator [Default]:", "");
            terminal.answer("Domain of the project [Default]:", "");
            terminal.answer("Region [RegionOne]:", "RegionTwo");
            terminal.answer("Service user:", "snapshot-svc@company.com");
            terminal.answer("Its password:", "another secret");
            terminal.answer("Its domain [default]:", "");

            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.shown())
                    .contains("Wrote .env.")
                    .doesNotContain("$ecret")
                    .doesNotContain("another secret");
        }
        assertThat(written())
                .containsEntry("RESTORE_ENABLED", "true")
                .containsEntry("RESTORE_DRY_RUN", "false")
                .containsEntry("RESTORE_CLEANUP_VOLUMES", "false")
                .containsEntry("OS_AUTH_URL", "https://cloud.example:5000/v3")
                .containsEntry("OS_PASSWORD", PASSWORD)
                .containsEntry("OS_REGION_NAME", "RegionTwo")
                .containsEntry("SNAPSHOT_SERVICE_USER_EMAIL", "snapshot-svc@company.com")
                .containsEntry("SNAPSHOT_SERVICE_USER_PASSWORD", "another secret")
                .containsEntry("SNAPSHOT_SERVICE_USER_DOMAIN", "default")
                .hasEntrySatisfying("RESTORE_JWT_SECRET", key -> assertThat(key).hasSize(44))
                .hasEntrySatisfying(
                        "RESTORE_ENCRYPTION_KEY", key -> assertThat(key).hasSize(44))
                .hasEntrySatisfying(
                        "RESTORE_DB_PASSWORD", key -> assertThat(key).hasSize(44));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(".env"))))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactlyInAnyOrder(".env", "deployment.sh");
    }

    @Test
    void keepsAnExistingFile() throws Exception {
        Files.writeString(directory.resolve(".env"), "RESTORE_ENABLED=true\n");
        try (Terminal terminal = new Terminal(directory)) {
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.shown()).contains(".env exists and is kept.");
        }
        assertThat(Files.readString(directory.resolve(".env"))).isEqualTo("RESTORE_ENABLED=true\n");
    }

    @Test
    void leavesNothingBehindWhenThePersonGoes() throws Exception {
        try (Terminal terminal = new Terminal(directory)) {
            terminal.answer("Enable Snapshot Restore feature?", "true");
            terminal.awaitText("Enable Dry-Run mode?");
            terminal.type("\u0003");

            assertThat(terminal.exitCode()).isNotZero();
            assertThat(terminal.shown()).contains("Stopped; nothing was written.");
        }
        assertThat(files()).containsExactly("deployment.sh");
    }

    @Test
    void asksNothingForTheSimulatedCloud() throws Exception {
        try (Terminal terminal = new Terminal(directory, "--simulator")) {
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.shown()).doesNotContain("?");
        }
        assertThat(written())
                .containsEntry("COMPOSE_PROFILES", "simulator")
                .containsEntry("RESTORE_ENABLED", "true")
                .containsEntry("OS_USERNAME", "admin");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** What a shell has after reading the file. */
    private Map<String, String> written() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-c", "set -a; . ./.env; env -0")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String variables = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Map<String, String> values = new TreeMap<>();
        for (String entry : variables.split("\0")) {
            int equals = entry.indexOf('=');
            values.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return values;
    }

    /** A run of the script at a pseudo-terminal of its own, which the program {@code script} gives it. */
    private static final class Terminal implements AutoCloseable {
        private final Process process;
        private final OutputStream keyboard;
        private final StringBuffer screen = new StringBuffer();
        private final Thread reader;
        private int read;

        Terminal(Path directory, String... options) throws IOException {
            String command = String.join(
                    " ",
                    Stream.concat(Stream.of("./deployment.sh"), Stream.of(options))
                            .toList());
            ProcessBuilder builder = new ProcessBuilder("script", "-qefc", command, "/dev/null")
                    .directory(directory.toFile())
                    .redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("OS_") || name.startsWith("SNAPSHOT_"));
            process = builder.start();
            keyboard = process.getOutputStream();
            reader = Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (var output = process.inputReader(UTF_8)) {
                for (int next = output.read(); next >= 0; next = output.read()) {
                    screen.append((char) next);
                }
            } catch (IOException closed) {
                screen.append(closed.getMessage());
            }
        }

        /** Waits for the text behind what was read so far. */
        void awaitText(String text) {
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> assertThat(screen.substring(read)).contains(text));
            read = screen.indexOf(text, read) + text.length();
        }

        void answer(String question, String answer) throws IOException {
            awaitText(question);
            type(answer + "\n");
        }

        void type(String keys) throws IOException {
            keyboard.write(keys.getBytes(UTF_8));
            keyboard.flush();
        }

        String shown() {
            return screen.toString();
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(20, TimeUnit.SECONDS))
                    .as("it ends; the screen shows:%n%s", screen)
                    .isTrue();
            reader.join(Duration.ofSeconds(5));
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
