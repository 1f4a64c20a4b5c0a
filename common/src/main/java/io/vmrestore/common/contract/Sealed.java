package io.vmrestore.common.contract;

/**
 * A text encrypted with AES-256-GCM that only the executor opens.
 *
 * @param nonce the nonce, base64
 * @param ciphertext the encrypted text with its authentication tag, base64
 * @param bytes how large the text is that is sealed, or, of user_data, the data that its base64 stands for; plans of
 *     earlier versions tell the length of the base64
 */
public record Sealed(String nonce, String ciphertext, int bytes) {

    @Override
    public String toString() {
        return "Sealed[bytes=" + bytes + "]";
    }
}
