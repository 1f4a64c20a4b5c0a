package io.vmrestore.gateway.access;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.access.MissingPermissionException;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import io.vmrestore.support.problem.ProblemWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Tells those who are turned away why: without a valid token, without the permission, or with a path full of tricks.
 */
@Component
final class Denials
        implements ServerAuthenticationEntryPoint, ServerAccessDeniedHandler, ServerExchangeRejectedHandler {
    /** RFC 6750, section 3: an error code only where a token was sent. */
    static final String CHALLENGE = "Bearer realm=\"vm-restore\"";

    private final ProblemWriter writer;
    private final FeatureSwitch featureSwitch;
    private final ObjectProvider<DeniedSubject> subject;

    Denials(ProblemWriter writer, ObjectProvider<DeniedSubject> subject, GatewaySettings settings) {
        this.writer = writer;
        this.subject = subject;
        this.featureSwitch = new FeatureSwitch(settings.enabled());
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException error) {
        return writer.write(exchange, unauthenticated(error));
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException error) {
        return exchange.getPrincipal()
                .flatMap(principal -> principal instanceof Authentication known
                                && known.getPrincipal() instanceof Caller caller
                                && error instanceof MissingPermissionException denied
                        ? denied(exchange, caller, denied.permission())
                        : Mono.just(Problem.of(ProblemKind.MISSING_PERMISSION, "You may not do this.")))
                .flatMap(problem -> writer.write(exchange, problem));
    }

    /** What the caller does not see is not there: only of what they see are they told that a permission is missing. */
    private Mono<Problem> denied(ServerWebExchange exchange, Caller caller, Permission permission) {
        Problem lacking = caller.lacks(permission);
        @Nullable DeniedSubject asked = subject.getIfAvailable();
        return caller.reach().seesAll() || caller.reach().isNowhere() || asked == null
                ? Mono.just(lacking)
                : asked.hidden(exchange, caller).defaultIfEmpty(lacking);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException error) {
        Problem problem = featureSwitch.hides(exchange)
                ? FeatureSwitch.disabled()
                : Problem.of(
                        ProblemKind.INVALID_REQUEST,
                        "The request's path, method or headers hold characters that are not allowed there.");
        return writer.write(exchange, problem);
    }

    private static Problem unauthenticated(AuthenticationException error) {
        if (!(error instanceof InvalidBearerTokenException)) {
            return Problem.of(
                            ProblemKind.UNAUTHENTICATED,
                            "Send an access token in the header Authorization: Bearer <token>;"
                                    + " POST /auth/login issues one. A Keystone token in the header X-Auth-Token does"
                                    + " as well.")
                    .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        String detail = expired(error)
                ? "The access token has expired; sign in again with POST /auth/login."
                : "The access token is not valid; sign in again with POST /auth/login.";
        return Problem.of(ProblemKind.UNAUTHENTICATED, detail)
                .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\"");
    }

    private static boolean expired(AuthenticationException error) {
        return error.getCause() instanceof JwtValidationException invalid
                && invalid.getErrors().stream()
                        .anyMatch(cause -> cause.getDescription() != null
                                && cause.getDescription().startsWith("Jwt expired"));
    }
}
