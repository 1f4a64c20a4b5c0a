package io.vmrestore.common.contract;

/**
 * A text encrypted with AES-256-GCM that only the executor opens.
 *
 * @param nonce the nonce, base64
 * @param ciphertext the encrypted text with its authentication tag, base64
 * @param bytes length of the clear text in bytes
 */
public record Sealed(String nonce, String ciphertext, int bytes) {

    @Override
    public String toString() {
        return "Sealed[bytes=" + bytes + "]";
    }
}
