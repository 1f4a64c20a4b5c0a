package io.vmrestore.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class ChaosOptionsTest {

    @Test
    void whatIsNotGivenHasADefault() {
        ChaosOptions options = parse(77);

        assertThat(options.length()).isEqualTo(Duration.ofMinutes(3));
        assertThat(options.seed()).isEqualTo(77);
        assertThat(options.guarantee()).isEqualTo("exactly_once_v2");
        assertThat(options.directory()).isNull();
    }

    @Test
    void theCommandThatItPrintsRepeatsTheRun() {
        ChaosOptions options = parse(1, "--minutes", "60", "--seed", "5", "--guarantee", "at_least_once");

        String[] words = options.command().split(" ");

        assertThat(words).startsWith("./restore", "chaos");
        assertThat(parse(1, Arrays.copyOfRange(words, 2, words.length))).isEqualTo(options);
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        refused("--minutes must be a whole number from 1 to 1440, not '0'", "--minutes", "0");
        refused("Invalid value for option '--seed': 'x' is not a long", "--seed", "x");
        refused(
                "Invalid value for option '--guarantee': expected one of [exactly_once_v2, at_least_once]"
                        + " (case-sensitive) but was 'often'",
                "--guarantee",
                "often");
        refused("Missing required parameter for option '--seed' (S)", "--seed");
        refused("Unknown options: '--hours', '1'", "--hours", "1");
    }

    static ChaosOptions parse(long newSeed, String... words) {
        ChaosCommand command = new ChaosCommand(System.out);
        new CommandLine(command).parseArgs(words);
        return command.options(newSeed);
    }

    private static void refused(String message, String... words) {
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> parse(1, words))
                .withMessageStartingWith(message);
    }
}
