package io.vmrestore.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that Nova takes, and names that it refuses. */
class ServerNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"web", "web 1", "größe", "名前", "a.b_c-d", "😀"})
    void ordinaryNamesPass(String name) {
        assertThat(ServerName.problem(name)).isEmpty();
    }

    @Test
    void charactersAreCountedAsCodePoints() {
        assertThat(ServerName.problem("😀".repeat(255))).isEmpty();
        assertThat(ServerName.problem("😀".repeat(256))).contains("must have 1 to 255 characters, not 256");
        assertThat(ServerName.problem("")).contains("must have 1 to 255 characters, not 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy ", " legacy", "\u00a0legacy", "legacy\u3000", " "})
    void whiteSpaceAtEitherEndIsRefused(String name) {
        assertThat(ServerName.problem(name)).contains("must not begin or end with white space");
        assertThat(ServerName.problem(ServerName.allowedPart(name) + "x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\nb", "a\u0000b", "a\u200bb", "a\u202eb", "a\ue000b", "a\u2028b"})
    void whatCannotBePrintedIsRefused(String name) {
        assertThat(ServerName.problem(name)).contains("must consist of printable characters");
        assertThat(ServerName.allowedPart(name)).isEqualTo("ab");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        assertThat(ServerName.cut("😀😀x", 2)).isEqualTo("😀😀");
        assertThat(ServerName.cut("😀😀x", 3)).isEqualTo("😀😀x");
        assertThat(ServerName.cut("x", 0)).isEmpty();
    }
}
