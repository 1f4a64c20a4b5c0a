package io.vmrestore.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChaosOptionsTest {

    @Test
    void whatIsNotGivenHasADefault() {
        ChaosOptions options = ChaosOptions.parse(new String[0], 77);

        assertThat(options.length()).isEqualTo(Duration.ofMinutes(3));
        assertThat(options.seed()).isEqualTo(77);
        assertThat(options.guarantee()).isEqualTo("exactly_once_v2");
        assertThat(options.directory()).isNull();
    }

    @Test
    void theCommandThatItPrintsRepeatsTheRun() {
        ChaosOptions options = parse("--minutes", "60", "--seed", "5", "--guarantee", "at_least_once");

        String[] words = options.command().split(" ");

        assertThat(words).startsWith("./restore", "chaos");
        assertThat(ChaosOptions.parse(Arrays.copyOfRange(words, 2, words.length), 1))
                .isEqualTo(options);
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        refused("--minutes must be a whole number from 1 to 1440, not '0'", "--minutes", "0");
        refused("--seed must be a whole number", "--seed", "x");
        refused("--guarantee must be exactly_once_v2 or at_least_once, not 'often'", "--guarantee", "often");
        refused("--seed needs a value", "--seed");
        refused("Unknown option '--hours'", "--hours", "1");
    }

    private static ChaosOptions parse(String... words) {
        return ChaosOptions.parse(words, 1);
    }

    private static void refused(String message, String... words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChaosOptions.parse(words, 1))
                .withMessageStartingWith(message);
    }
}
