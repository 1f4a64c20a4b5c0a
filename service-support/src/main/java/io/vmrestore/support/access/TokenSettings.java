package io.vmrestore.support.access;

import java.time.Duration;
import javax.crypto.SecretKey;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What our own tokens are signed and checked with.
 *
 * @param secret at least 32 bytes, the same for api-gateway, planner-service and status-service
 *     ({@code RESTORE_JWT_SECRET})
 * @param leeway by how much the clocks of who issues and who checks a token may differ ({@code RESTORE_CLOCK_LEEWAY})
 */
@ConfigurationProperties("restore.tokens")
public record TokenSettings(String secret, Duration leeway) {
    private static final Duration LONGEST_LEEWAY = Duration.ofMinutes(5);

    /**
     * @throws IllegalArgumentException if the secret is missing or too short, which is never shown, or the leeway too
     *     long
     */
    public TokenSettings {
        ServiceToken.key(secret);
        if (leeway.isNegative() || leeway.compareTo(LONGEST_LEEWAY) > 0) {
            throw new IllegalArgumentException("RESTORE_CLOCK_LEEWAY must be 0s to 5m, not " + leeway);
        }
    }

    SecretKey key() {
        return ServiceToken.key(secret);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "TokenSettings[]";
    }
}
