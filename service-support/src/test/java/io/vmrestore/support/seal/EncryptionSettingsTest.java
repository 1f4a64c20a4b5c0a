package io.vmrestore.support.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class EncryptionSettingsTest {
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @Test
    void aMissingKeyIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EncryptionSettings("", ""))
                .withMessage(
                        "RESTORE_ENCRYPTION_KEY must be 32 bytes in base64; make one with: openssl rand -base64 32");
    }

    @Test
    void theKeyIsNotShown() {
        assertThat(new EncryptionSettings("a:" + KEY, KEY).toString()).doesNotContain(KEY);
    }
}
