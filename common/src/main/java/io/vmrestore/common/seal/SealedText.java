package io.vmrestore.common.seal;

/**
 * A text encrypted under a data key of its own, and that data key encrypted under a key of the installation. Whoever
 * destroys this record destroys the only copy of the data key.
 *
 * @param keyId which of the installation's keys ({@code RESTORE_ENCRYPTION_KEYS}) encrypted the data key
 * @param dataKey the encrypted data key
 * @param text the encrypted text
 */
public record SealedText(String keyId, Ciphertext dataKey, Ciphertext text) {

    @Override
    public String toString() {
        return "SealedText[keyId=" + keyId + "]";
    }

    /**
     * What AES-256-GCM makes of bytes.
     *
     * @param nonce base64
     * @param bytes with the authentication tag, base64
     */
    public record Ciphertext(String nonce, String bytes) {}
}
