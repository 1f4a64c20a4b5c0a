package io.vmrestore.common.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.seal.SealedText.Ciphertext;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a random nonce for each encryption; a context that differs at decryption does not open. */
public final class AesGcm {
    static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    static byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    /** @param key of 32 bytes */
    public static Ciphertext encrypt(byte[] key, String context, byte[] clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Base64.Encoder base64 = Base64.getEncoder();
            return new Ciphertext(
                    base64.encodeToString(nonce),
                    base64.encodeToString(
                            cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(clear)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java runtime offers " + ALGORITHM, impossible);
        }
    }

    /**
     * @throws GeneralSecurityException if the key or the context is another, or the text was changed
     * @throws IllegalArgumentException if it is no base64, or the nonce no nonce
     */
    public static byte[] decrypt(byte[] key, String context, Ciphertext text) throws GeneralSecurityException {
        Base64.Decoder base64 = Base64.getDecoder();
        return cipher(Cipher.DECRYPT_MODE, key, base64.decode(text.nonce()), context)
                .doFinal(base64.decode(text.bytes()));
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(UTF_8));
        return cipher;
    }
}
