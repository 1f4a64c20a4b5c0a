package io.vmrestore.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.seal.AesGcm;
import io.vmrestore.common.seal.SealedText.Ciphertext;
import io.vmrestore.support.access.TokenSettings;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Seals the Keystone token that travels in our own, so that who holds ours cannot use it at the cloud. With a key of
 * its own, which follows from RESTORE_JWT_SECRET, and for one user alone.
 */
@Component
final class SessionSeal {
    private static final String ALGORITHM = "HmacSHA256";

    private static final String NONCE = "nonce";
    private static final String CIPHERTEXT = "ciphertext";
    private static final String UNTIL = "until";

    private final byte[] key;

    SessionSeal(TokenSettings settings) {
        this.key = key(settings);
    }

    /** The value of a claim. */
    Map<String, Object> seal(String userName, KeystoneSession session) {
        Ciphertext sealed = AesGcm.encrypt(key, userName, session.token().getBytes(UTF_8));
        return Map.of(
                NONCE, sealed.nonce(),
                CIPHERTEXT, sealed.bytes(),
                UNTIL, session.until().getEpochSecond());
    }

    /** What {@link #seal} made for this user; null if the claim is anything else. */
    @Nullable
    KeystoneSession open(String userName, @Nullable Object claim) {
        if (!(claim instanceof Map<?, ?> members)
                || !(members.get(NONCE) instanceof String nonce)
                || !(members.get(CIPHERTEXT) instanceof String ciphertext)
                || !(members.get(UNTIL) instanceof Number until)) {
            return null;
        }
        try {
            byte[] token = AesGcm.decrypt(key, userName, new Ciphertext(nonce, ciphertext));
            return new KeystoneSession(new String(token, UTF_8), Instant.ofEpochSecond(until.longValue()));
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static byte[] key(TokenSettings settings) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(settings.secret().getBytes(UTF_8), ALGORITHM));
            return mac.doFinal("Keystone tokens inside access tokens".getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
        }
    }
}
