package io.vmrestore.support.access;

import javax.crypto.SecretKey;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What our own tokens are signed and checked with.
 *
 * @param secret at least 32 bytes, the same for api-gateway, planner-service and status-service
 *     ({@code RESTORE_JWT_SECRET})
 */
@ConfigurationProperties("restore.tokens")
public record TokenSettings(String secret) {

    /** @throws IllegalArgumentException if it is missing or too short; the message never shows it */
    public TokenSettings {
        ServiceToken.key(secret);
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
