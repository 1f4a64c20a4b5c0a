package io.vmrestore.gateway.access;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.access.ServiceToken;
import io.vmrestore.support.access.TokenIssuer;
import io.vmrestore.support.access.TokenSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** Issues our own access tokens, and reads who they name. */
@Component
public final class AccessTokens {
    private final TokenIssuer issuer;
    private final Duration lifetime;

    public AccessTokens(TokenSettings secret, GatewaySettings settings, Clock clock) {
        this.issuer = new TokenIssuer(secret, clock);
        this.lifetime = settings.tokenLifetime();
    }

    /** How long a token issued now is valid. */
    public Duration lifetime() {
        return lifetime;
    }

    public String issue(String userName, Role role) {
        return issue(userName, role, lifetime);
    }

    String issue(String userName, Role role, Duration validFor) {
        return issuer.issue(userName, role, validFor);
    }

    /** The person named by a token that {@link io.vmrestore.support.access.TokenCheck} has accepted. */
    static Caller caller(Jwt token) {
        Role role = Optional.ofNullable(token.getClaimAsString(ServiceToken.ROLE_CLAIM))
                .flatMap(Role::ofWireName)
                .orElseThrow();
        return new Caller(Objects.requireNonNull(token.getSubject()), role);
    }
}
