package io.vmrestore.common.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.contract.Sealed;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals and opens texts with AES-256-GCM. Bound to a job: a sealed text moved to another job does not open. */
public final class TextSeal {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private TextSeal(SecretKey key) {
        this.key = key;
    }

    /**
     * Reads the key from its setting.
     *
     * @param base64Key 32 bytes in base64, as {@code openssl rand -base64 32} prints
     * @throws IllegalArgumentException if it is missing or no such key; the message names the setting and not the value
     */
    public static TextSeal ofKey(String base64Key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64Key.strip());
        } catch (IllegalArgumentException notBase64) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "RESTORE_ENCRYPTION_KEY must be 32 bytes in base64; make one with: openssl rand -base64 32");
        }
        return new TextSeal(new SecretKeySpec(bytes, "AES"));
    }

    public Sealed seal(UUID jobId, String clearText) {
        byte[] clear = clearText.getBytes(UTF_8);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(jobId.toString().getBytes(UTF_8));
            Base64.Encoder base64 = Base64.getEncoder();
            return new Sealed(base64.encodeToString(nonce), base64.encodeToString(cipher.doFinal(clear)), clear.length);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java runtime offers " + ALGORITHM, impossible);
        }
    }

    /**
     * Opens what {@link #seal} made for the same job.
     *
     * @throws SealException if the text was sealed with another key or for another job, or was changed
     */
    public String open(UUID jobId, Sealed sealed) {
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, base64.decode(sealed.nonce())));
            cipher.updateAAD(jobId.toString().getBytes(UTF_8));
            return new String(cipher.doFinal(base64.decode(sealed.ciphertext())), UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException notOpened) {
            throw new SealException(
                    "The sealed user_data of job " + jobId
                            + " cannot be opened: planner and executor must have the same RESTORE_ENCRYPTION_KEY",
                    notOpened);
        }
    }
}
