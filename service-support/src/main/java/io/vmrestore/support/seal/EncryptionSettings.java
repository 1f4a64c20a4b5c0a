package io.vmrestore.support.seal;

import io.vmrestore.common.seal.SealingKeys;
import io.vmrestore.common.seal.TextSeal;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The keys that planner-service seals user_data with and executor-services open it with; the same for all of them.
 *
 * @param keys {@code id:key} pairs, of which the first encrypts and all decrypt ({@code RESTORE_ENCRYPTION_KEYS})
 * @param key one key without an id, which only decrypts where there are others ({@code RESTORE_ENCRYPTION_KEY})
 */
@ConfigurationProperties("restore.encryption")
public record EncryptionSettings(String keys, String key) {

    /** @throws IllegalArgumentException if there is no key or one is no key; the message never shows it */
    public EncryptionSettings {
        SealingKeys.of(keys, key);
    }

    public TextSeal seal() {
        return new TextSeal(SealingKeys.of(keys, key));
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "EncryptionSettings[]";
    }
}
