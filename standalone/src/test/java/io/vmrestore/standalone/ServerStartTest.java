package io.vmrestore.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.cli.ExitCode;
import io.vmrestore.embedded.DirectoryLock;
import io.vmrestore.embedded.EmbeddedStartException;
import io.vmrestore.standalone.cli.RestoreCommand;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import io.vmrestore.standalone.server.StartRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the system from starting is told in one sentence, before anything has been started. */
class ServerStartTest {
    @TempDir
    private Path directory;

    private StartRefusedException refusal(Map<String, String> environment) {
        try (StandaloneServer started = StandaloneServer.start(StandaloneSettings.fromEnvironment(environment))) {
            throw new AssertionError("It started: " + started.instance());
        } catch (StartRefusedException refused) {
            return refused;
        }
    }

    @Test
    void namesEveryPortThatIsTakenWithItsVariable() throws IOException {
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket two = new ServerSocket(0)) {
            Map<String, String> environment = new HashMap<>(InstantStandalone.environment(directory));
            environment.put("RESTORE_GATEWAY_PORT", Integer.toString(one.getLocalPort()));
            environment.put("RESTORE_PLANNER_MANAGEMENT_PORT", Integer.toString(two.getLocalPort()));

            assertThat(refusal(environment))
                    .hasMessage("Port %d (RESTORE_GATEWAY_PORT) is taken, port %d (RESTORE_PLANNER_MANAGEMENT_PORT) is"
                                    .formatted(one.getLocalPort(), two.getLocalPort())
                            + " taken. Set these variables to other ports; 0 chooses a free one.");
        }
        assertThat(directory.resolve("kafka")).as("nothing was started").doesNotExist();
    }

    @Test
    void namesAPortThatIsGivenTwice() {
        Map<String, String> environment = new HashMap<>(InstantStandalone.environment(directory));
        environment.put("RESTORE_GATEWAY_PORT", "1");
        environment.put("RESTORE_STATUS_PORT", "1");

        assertThat(refusal(environment))
                .hasMessageContaining("1 is given by RESTORE_GATEWAY_PORT and by RESTORE_STATUS_PORT");
    }

    @Test
    void saysThatItsFolderCannotBeWritten() throws IOException {
        Path file = Files.createFile(directory.resolve("taken"));

        assertThat(refusal(InstantStandalone.environment(file.resolve("data"))))
                .hasMessageStartingWith("The data directory " + file.resolve("data") + " cannot be written: ")
                .hasMessageEndingWith("Set RESTORE_DATA_DIRECTORY to a folder that can be.");
    }

    @Test
    void aSecondServerInTheSameFolderDoesNotTouchTheFirst() {
        try (DirectoryLock first = DirectoryLock.acquire("The system", directory)) {
            StandaloneSettings settings = StandaloneSettings.fromEnvironment(InstantStandalone.environment(directory));

            assertThatThrownBy(() -> StandaloneServer.start(settings))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining("another process is using its directory " + directory);
        }
        assertThat(directory.resolve("kafka")).doesNotExist();
    }

    @Test
    void statusTellsAScriptThatNothingIsRunning() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, UTF_8);

        int exitCode = RestoreCommand.commandLine(
                        Map.of("RESTORE_DATA_DIRECTORY", directory.toString()), printed, printed)
                .execute("status");

        assertThat(exitCode).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(out.toString(UTF_8)).isEqualToIgnoringNewLines("Not running. Start with: ./restore up");
    }
}
