package io.vmrestore.gateway.access;

import io.vmrestore.common.connection.ConnectionFault;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.GatewaySettings.Issuer;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.access.TokenSettings;
import io.vmrestore.support.http.HttpClients;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/**
 * Lets in who bears a token of the outside OIDC issuer, if one is configured. Its keys are found by discovery when the
 * first token comes, so the issuer may be away while the gateway starts.
 */
@Component
final class OutsideIssuer {
    private static final Logger log = LoggerFactory.getLogger(OutsideIssuer.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int LONGEST_NAME = 255;

    private final Issuer issuer;
    private final String projectsClaim;
    private final RoleScope scope;
    private final JwtReactiveAuthenticationManager tokens;

    OutsideIssuer(
            GatewaySettings settings, RoleSettings roles, RoleScope scope, HttpClients clients, TokenSettings tokens) {
        this.issuer = settings.issuer();
        this.projectsClaim = roles.projectsClaim();
        this.scope = scope;
        this.tokens = new JwtReactiveAuthenticationManager(
                decoder(issuer, clients.toOutside(settings.login().timeout()).build(), tokens.leeway()));
        this.tokens.setJwtAuthenticationConverter(
                token -> Mono.fromSupplier(() -> new CallerAuthentication(caller(token))));
    }

    /** Whether tokens that name this issuer are to be checked here. */
    boolean issues(String location) {
        return issuer.configured() && issuer.location().equals(location);
    }

    /** Fails with 401 if the token is not valid, 403 if it gives no role, 503 if the issuer's keys cannot be had. */
    Mono<Authentication> authenticate(Authentication sent) {
        return tokens.authenticate(sent).onErrorMap(AuthenticationServiceException.class, OutsideIssuer::unavailable);
    }

    /** Signed with a key of the issuer's key set, which for discovered keys means RSA or EC, never a shared secret. */
    private static ReactiveJwtDecoder decoder(Issuer issuer, WebClient client, Duration leeway) {
        JwtTimestampValidator times = new JwtTimestampValidator(leeway);
        times.setAllowEmptyExpiryClaim(false);
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withIssuerLocation(issuer.location())
                .webClient(client)
                .validateType(false)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(
                times,
                new JwtIssuerValidator(issuer.location()),
                new JwtAudienceValidator(issuer.audience()),
                new JwtClaimValidator<Object>(
                        issuer.nameClaim(), name -> name instanceof String text && usable(text))));
        return decoder;
    }

    /** Names stand in events and tables, as long as Keystone's may be. */
    private static boolean usable(String name) {
        return !name.isBlank()
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && name.codePoints().noneMatch(Character::isISOControl);
    }

    private Caller caller(Jwt token) {
        String name =
                Optional.ofNullable(token.getClaimAsString(issuer.nameClaim())).orElseThrow();
        Reach reach = projectsClaim.isBlank()
                ? role(claim(token.getClaims(), issuer.roleClaim()))
                        .map(Reach::everywhere)
                        .orElseThrow(() -> noRole(name, issuer.roleClaim()))
                : byProject(token, name);
        return new Caller(name, reach, only(reach), null, Objects.requireNonNull(token.getExpiresAt()));
    }

    /** Each role counts where the claim says that it is held; what is no project id, or gives no role here, is not. */
    private Reach byProject(Jwt token, String name) {
        Map<String, Role> roles = new HashMap<>();
        if (claim(token.getClaims(), projectsClaim) instanceof Map<?, ?> held) {
            held.forEach((project, role) -> {
                if (project instanceof String id && Project.isId(id)) {
                    role(role)
                            .ifPresent(known -> roles.merge(
                                    id.toLowerCase(Locale.ROOT),
                                    known,
                                    BinaryOperator.maxBy(Comparator.naturalOrder())));
                }
            });
        }
        if (roles.isEmpty()) {
            throw noRole(name, projectsClaim);
        }
        return scope.of(roles);
    }

    private Optional<Role> role(@Nullable Object claim) {
        return issuer.roleMapping().strongest(texts(claim));
    }

    /** The project that the token speaks for if it is one. */
    private static @Nullable Project only(Reach reach) {
        return reach.everywhere() != null || reach.projects().size() != 1
                ? null
                : reach.projects().keySet().stream()
                        .map(id -> new Project(id, id))
                        .findFirst()
                        .orElse(null);
    }

    /** A claim by its name, or where there is none of this name by its path, such as {@code realm_access.roles}. */
    private static @Nullable Object claim(Map<?, ?> claims, String name) {
        int dot = name.indexOf('.');
        return claims.containsKey(name) || dot < 0
                ? claims.get(name)
                : claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                        ? claim(inner, name.substring(dot + 1))
                        : null;
    }

    private static List<String> texts(@Nullable Object claim) {
        return switch (claim) {
            case String one -> List.of(one);
            case Collection<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    private static ProblemException noRole(String name, String claim) {
        return Problem.of(
                        ProblemKind.NO_ROLE,
                        "The access token of " + name + " is valid, but its claim " + claim + " holds nothing that"
                                + " RESTORE_JWT_ROLE_MAPPING gives a role here. Ask an administrator for one.")
                .asException();
    }

    /** The status that it answered, or why it gave no answer. */
    private static String reason(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof WebClientResponseException answered) {
                return "(it answered " + answered.getStatusCode().value() + ")";
            }
            if (each instanceof WebClientRequestException unsent) {
                return "("
                        + ConnectionFault.of(unsent, unsent.getUri().getAuthority())
                                .message() + ")";
            }
        }
        return "(what it answers is no OpenID configuration with keys)";
    }

    private static ProblemException unavailable(AuthenticationServiceException error) {
        log.warn("The outside issuer's keys cannot be had: {}", String.valueOf(error.getCause()));
        return Problem.of(
                        ProblemKind.TOKEN_CHECK_UNAVAILABLE,
                        "The issuer of the access token (RESTORE_JWT_ISSUER) cannot be asked for its keys at the"
                                + " moment " + reason(error) + "; try again. Check that the issuer's"
                                + " /.well-known/openid-configuration and its key set can be read from here.")
                .retryAfter(RETRY_AFTER)
                .asException();
    }
}
