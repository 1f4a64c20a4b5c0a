package io.vmrestore.gateway.access;

import io.vmrestore.support.access.Audience;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Tokens that go along on calls to the services behind the gateway: they name the caller and what they reach, whatever
 * the caller was authenticated by, so those services know one kind of token and one key (RESTORE_JWT_SECRET).
 */
@Component
final class ServiceTokens {
    /** They are checked when a call begins; the rest is for clocks that differ. */
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final AccessTokens tokens;

    ServiceTokens(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /** A token for one call of this service on behalf of this caller. */
    String of(Caller caller, Audience service) {
        return tokens.issue(service, caller.name(), caller.reach(), LIFETIME);
    }
}
