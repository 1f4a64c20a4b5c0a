package io.vmrestore.common.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.contract.Sealed;
import io.vmrestore.common.seal.SealedText.Ciphertext;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens texts with AES-256-GCM: each under a data key of its own, which is sealed under the installation's
 * newest key. Bound to a job: a sealed text moved to another job does not open.
 */
public final class TextSeal {
    private final SealingKeys keys;

    public TextSeal(SealingKeys keys) {
        this.keys = keys;
    }

    public SealedText seal(UUID jobId, String clearText) {
        byte[] dataKey = AesGcm.newKey();
        String keyId = keys.newest();
        byte[] key = keys.find(keyId);
        if (key == null) {
            throw new IllegalStateException("The newest key is one of the keys");
        }
        return new SealedText(
                keyId,
                AesGcm.encrypt(key, jobId.toString(), dataKey),
                AesGcm.encrypt(dataKey, jobId.toString(), clearText.getBytes(UTF_8)));
    }

    /**
     * Opens what {@link #seal} made for the same job.
     *
     * @throws SealException if its key is not among ours, it was sealed for another job, or was changed
     */
    public String open(UUID jobId, SealedText sealed) {
        byte[] key = keys.find(sealed.keyId());
        if (key == null) {
            throw new SealException(
                    "The sealed user_data of job " + jobId + " cannot be opened: it was sealed with the key "
                            + sealed.keyId() + ", which is not in RESTORE_ENCRYPTION_KEYS of this executor",
                    null);
        }
        try {
            byte[] dataKey = AesGcm.decrypt(key, jobId.toString(), sealed.dataKey());
            return new String(AesGcm.decrypt(dataKey, jobId.toString(), sealed.text()), UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException notOpened) {
            throw notOpened(jobId, notOpened);
        }
    }

    /**
     * Opens what an earlier version has sealed in place, without a data key and without a word about the key.
     *
     * @throws SealException if none of our keys opens it
     */
    public String openInPlace(UUID jobId, Sealed sealed) {
        @Nullable Exception last = null;
        if (sealed.nonce() != null && sealed.ciphertext() != null) {
            Ciphertext text = new Ciphertext(sealed.nonce(), sealed.ciphertext());
            for (byte[] key : keys.all()) {
                try {
                    return new String(AesGcm.decrypt(key, jobId.toString(), text), UTF_8);
                } catch (GeneralSecurityException | IllegalArgumentException notOpened) {
                    last = notOpened;
                }
            }
        }
        throw notOpened(jobId, last);
    }

    private static SealException notOpened(UUID jobId, @Nullable Exception cause) {
        return new SealException(
                "The sealed user_data of job " + jobId + " cannot be opened: planner and executor must have the same"
                        + " RESTORE_ENCRYPTION_KEYS or RESTORE_ENCRYPTION_KEY",
                cause);
    }
}
