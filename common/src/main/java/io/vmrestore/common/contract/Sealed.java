package io.vmrestore.common.contract;

import org.jspecify.annotations.Nullable;

/**
 * A VM's user_data, of which a plan tells only that it is there, how large it is and where its sealed text lies.
 *
 * @param nonce the nonce of a text sealed in place, base64; null where the text lies elsewhere
 * @param ciphertext that text with its authentication tag, base64; plans of earlier versions have it in place
 * @param bytes how large the data is that the sealed base64 stands for; plans of earlier versions tell the length of
 *     the base64
 * @param address where the sealed text lies in {@link Topics#SECRETS}; null in plans of earlier versions
 */
public record Sealed(
        @Nullable String nonce,
        @Nullable String ciphertext,
        int bytes,
        @Nullable SecretAddress address) {

    /** user_data whose sealed text lies in {@link Topics#SECRETS}. */
    public static Sealed at(SecretAddress address, int bytes) {
        return new Sealed(null, null, bytes, address);
    }

    @Override
    public String toString() {
        return "Sealed[bytes=" + bytes + "]";
    }
}
