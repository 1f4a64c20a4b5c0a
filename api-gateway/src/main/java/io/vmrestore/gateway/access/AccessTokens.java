package io.vmrestore.gateway.access;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.access.Audience;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.TokenIssuer;
import io.vmrestore.support.access.TokenSettings;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** Issues our own access tokens, and reads who they name. */
@Component
public final class AccessTokens {
    /** The project that the token speaks for: an object with {@code id} and {@code name}. */
    private static final String PROJECT_CLAIM = "project";
    /** The person's Keystone token, sealed. */
    private static final String SESSION_CLAIM = "keystone";

    private final TokenIssuer issuer;
    private final SessionSeal seal;
    private final Duration lifetime;
    private final Clock clock;

    AccessTokens(TokenSettings secret, SessionSeal seal, GatewaySettings settings, Clock clock) {
        this.issuer = new TokenIssuer(secret, clock);
        this.seal = seal;
        this.lifetime = settings.tokenLifetime();
        this.clock = clock;
    }

    /** A token and how long it is valid. */
    public record Issued(String token, Duration validFor) {}

    /**
     * A token that says the same as the one of the caller, and never outlives what vouches for them.
     *
     * @throws io.vmrestore.support.problem.ProblemException 401 if that is over
     */
    public Issued issue(Caller caller) {
        Instant until =
                caller.session() == null ? caller.until() : caller.session().until();
        Duration left = Duration.between(clock.instant(), until);
        if (left.toSeconds() < 1) {
            throw Problem.of(
                            ProblemKind.UNAUTHENTICATED,
                            "What you signed in with has ended at " + until + "; sign in again with POST /auth/login."
                                    + " If you just have, the clocks of this host and of Keystone differ.")
                    .header(HttpHeaders.WWW_AUTHENTICATE, Denials.CHALLENGE + ", error=\"invalid_token\"")
                    .asException();
        }
        Duration validFor = left.compareTo(lifetime) < 0 ? left : lifetime;
        Map<String, Object> more = new HashMap<>();
        if (caller.project() != null) {
            more.put(
                    PROJECT_CLAIM,
                    Map.of("id", caller.project().id(), "name", caller.project().name()));
        }
        if (caller.session() != null) {
            more.put(SESSION_CLAIM, seal.seal(caller.name(), caller.session()));
        }
        return new Issued(issuer.issue(Audience.GATEWAY, caller.name(), caller.reach(), more, validFor), validFor);
    }

    /** A token for a service behind the gateway, which is told no more of the caller than that. */
    String issue(Audience service, String userName, Reach reach, Duration validFor) {
        return issuer.issue(service, userName, reach, validFor);
    }

    /** The person named by a token that {@link io.vmrestore.support.access.TokenCheck} has accepted. */
    Caller caller(Jwt token) {
        String name = Objects.requireNonNull(token.getSubject());
        return new Caller(
                name,
                Reach.of(token.getClaims()),
                project(token.getClaims().get(PROJECT_CLAIM)),
                seal.open(name, token.getClaims().get(SESSION_CLAIM)),
                Objects.requireNonNull(token.getExpiresAt()));
    }

    private static @Nullable Project project(@Nullable Object claim) {
        return claim instanceof Map<?, ?> members
                        && members.get("id") instanceof String id
                        && members.get("name") instanceof String name
                ? new Project(id, name)
                : null;
    }
}
