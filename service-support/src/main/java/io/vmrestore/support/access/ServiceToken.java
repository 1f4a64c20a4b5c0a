package io.vmrestore.support.access;

import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the services behind the gateway know of the tokens that it sends them: JWTs signed with HS256 and
 * RESTORE_JWT_SECRET, which say on whose behalf and in which role the gateway asks. They are checked there again.
 */
public final class ServiceToken {
    /** Claim {@code iss}. */
    public static final String ISSUER = "vm-restore";

    /** The claim that names the strongest {@link Role}; absent where there is none. */
    public static final String ROLE_CLAIM = "role";

    /** The claim that tells the {@link Reach}: which role counts where. Without it none counts anywhere. */
    public static final String REACH_CLAIM = "reach";

    /** RFC 7518, section 3.2: a key as long as the hash. */
    private static final int SHORTEST_KEY_BYTES = 32;

    private ServiceToken() {}

    /**
     * The key that the tokens are checked with.
     *
     * @param secret the value of RESTORE_JWT_SECRET
     * @throws IllegalArgumentException if it is missing or too short; the message never shows it
     */
    public static SecretKey key(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (secret.isBlank()) {
            throw new IllegalArgumentException(
                    "RESTORE_JWT_SECRET is missing: set it to the secret that api-gateway signs tokens with,"
                            + " at least 32 bytes; make one with: openssl rand -base64 48");
        }
        if (bytes.length < SHORTEST_KEY_BYTES) {
            throw new IllegalArgumentException("RESTORE_JWT_SECRET is too short: HS256 needs at least "
                    + SHORTEST_KEY_BYTES + " bytes; make one with: openssl rand -base64 48");
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
