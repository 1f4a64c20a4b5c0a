package io.vmrestore.support.seal;

import io.vmrestore.common.seal.TextSeal;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The key that planner-service seals user_data with and executor-services open it with.
 *
 * @param key 32 bytes in base64, the same for both ({@code RESTORE_ENCRYPTION_KEY})
 */
@ConfigurationProperties("restore.encryption")
public record EncryptionSettings(String key) {

    /** @throws IllegalArgumentException if it is missing or no such key; the message never shows it */
    public EncryptionSettings {
        TextSeal.ofKey(key);
    }

    public TextSeal seal() {
        return TextSeal.ofKey(key);
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "EncryptionSettings[]";
    }
}
