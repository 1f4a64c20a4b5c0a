package io.vmrestore.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a command is said before anything is started. */
class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int execute(String... words) {
        return Main.commandLine(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .execute(words);
    }

    @Test
    void helpTellsTheOptions() {
        assertThat(execute("chaos", "--help")).isEqualTo(ExitCode.DONE);
        assertThat(execute("bench", "overhead", "--help")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString(UTF_8))
                .contains("--minutes=N", "exactly_once_v2, at_least_once", "--baseline=FILE", "(default: 20)");
    }

    @Test
    void aNumberOutOfItsRangeIsWrongUse() {
        assertThat(execute("chaos", "--minutes", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("bench", "counts", "--restores", "1001")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("bench", "overhead", "--warm-up", "-1")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("bench")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(UTF_8))
                .contains(
                        "--minutes must be a whole number from 1 to 1440, not '0'",
                        "--restores must be a whole number from 1 to 1000, not '1001'",
                        "--warm-up must be a whole number from 0 to 1000, not '-1'",
                        "Missing required subcommand");
    }

    @Test
    void aBaselineThatIsNoneIsRefused() throws Exception {
        Path missing = directory.resolve("missing.json");
        Path other = directory.resolve("other.json");
        Files.writeString(other, "{\"bench\": \"overhead\", \"options\": {}, \"figures\": []}");

        assertThat(execute("bench", "counts", "--baseline", missing.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(execute("bench", "counts", "--baseline", other.toString())).isEqualTo(ExitCode.REFUSED);

        assertThat(err.toString(UTF_8).lines())
                .containsExactly("There is no file " + missing, other + " is a report of 'overhead', not of 'counts'");
        assertThat(out.toString(UTF_8)).isEmpty();
    }
}
