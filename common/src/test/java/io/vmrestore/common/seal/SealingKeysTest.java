package io.vmrestore.common.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealingKeysTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "c2hvcnQ=", "not base64 at all, and it is a very long text to be a key!"})
    void aKeyThatIsNoKeyIsRefusedWithoutQuotingIt(String wrong) {
        assertThatThrownBy(() -> SealingKeys.of("", wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RESTORE_ENCRYPTION_KEY must be 32 bytes in base64; make one with: openssl rand -base64 32")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:c2hvcnQ= | The key a in RESTORE_ENCRYPTION_KEYS must be 32 bytes in base64",
                "KEY | RESTORE_ENCRYPTION_KEYS must be pairs such as 2026a:KEY, separated by commas",
                ":KEY | RESTORE_ENCRYPTION_KEYS must be pairs such as 2026a:KEY",
                "a b:KEY | RESTORE_ENCRYPTION_KEYS must be pairs such as 2026a:KEY",
                "a:KEY, | RESTORE_ENCRYPTION_KEYS must be pairs such as 2026a:KEY",
                "a:KEY,a:KEY | RESTORE_ENCRYPTION_KEYS has two keys with the id a"
            })
    void pairsThatAreNoneAreRefusedWithoutQuotingAKey(String wrong, String message) {
        assertThatThrownBy(() -> SealingKeys.of(wrong.replace("KEY", KEY), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(KEY))
                .hasNoCause();
    }

    @Test
    void theKeyWithoutAnIdIsTheLastOfAll() {
        SealingKeys keys = SealingKeys.of("2026b:" + KEY + ", 2026a:" + KEY, KEY + "\n");
        assertThat(keys.newest()).isEqualTo("2026b");
        assertThat(keys.find("default")).isNotNull();
        assertThat(keys).hasToString("SealingKeys[2026b, 2026a, default]");
        assertThat(SealingKeys.of("", KEY).newest()).isEqualTo("default");
    }

    @Test
    void theNameOfTheKeyWithoutAnIdIsTaken() {
        assertThatThrownBy(() -> SealingKeys.of("default:" + KEY, KEY))
                .hasMessage("RESTORE_ENCRYPTION_KEYS has a key with the id default, which is that of"
                        + " RESTORE_ENCRYPTION_KEY; give it another id");
        assertThat(SealingKeys.of("default:" + KEY, "").newest()).isEqualTo("default");
    }
}
