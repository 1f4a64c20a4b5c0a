package io.vmrestore.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.RoleMapping;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Lets in who sends a Keystone token in {@code X-Auth-Token}. It speaks for the project that it is scoped to; one that
 * is scoped to a domain, to the system or to nothing speaks for none, until a project is chosen by it. Keystone is
 * asked, and its yes is remembered for a short while, never beyond the token's end; under the token's hash, so that no
 * memory dump gives tokens away.
 */
@Component
final class KeystoneTokens {
    private static final int MOST_TOKENS = 10_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    /** Fernet and JWS tokens are made of these; anything else would only upset Keystone. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.=-]{1,8192}");

    private final Keystone keystone;
    private final RoleMapping mapping;
    private final RoleScope scope;
    private final AsyncCache<String, Known> cache;

    KeystoneTokens(Keystone keystone, RoleScope scope, GatewaySettings settings, Clock clock) {
        this.keystone = keystone;
        this.scope = scope;
        this.mapping = settings.login().roleMapping();
        Duration longest = settings.login().tokenCache();
        this.cache = Caffeine.newBuilder()
                .maximumSize(MOST_TOKENS)
                .expireAfter(Expiry.<String, Known>creating((_, known) -> known.remembered(clock.instant(), longest)))
                .buildAsync();
    }

    /** A caller whom Keystone has vouched for until then. */
    private record Known(Caller caller, Instant until) {
        Duration remembered(Instant now, Duration longest) {
            Duration left = Duration.between(now, until);
            return left.isNegative() ? Duration.ZERO : left.compareTo(longest) < 0 ? left : longest;
        }
    }

    /** Fails with a {@link ProblemException}: 401 not valid, 403 no role, 503 if Keystone cannot be asked. */
    Mono<Authentication> authenticate(Authentication sent) {
        KeystoneToken token = (KeystoneToken) sent;
        if (!FORM.matcher(token.value()).matches()) {
            return Mono.error(() -> invalid().asException());
        }
        String key = hash(token.value());
        return Mono.deferContextual(context -> {
                    CompletableFuture<Known> known = cache.get(
                            key, (_, _) -> ask(token).contextWrite(context).toFuture());
                    // The cache drops a failure as well, but only after those who wait for it were told.
                    return Mono.fromFuture(known, true)
                            .doOnError(_ -> cache.asMap().remove(key, known));
                })
                .onErrorMap(CompletionException.class, error -> error.getCause() == null ? error : error.getCause())
                .map(known -> new CallerAuthentication(
                        known.caller().with(new KeystoneSession(token.value(), known.until()))));
    }

    private Mono<Known> ask(KeystoneToken token) {
        return keystone.check(token.value())
                .onErrorMap(ProblemException.class, KeystoneTokens::unavailable)
                .switchIfEmpty(Mono.error(() -> invalid().asException()))
                .map(checked -> {
                    Caller caller = new Caller(
                            checked.userName(),
                            reach(checked),
                            checked.held() == null ? null : checked.held().project(),
                            null,
                            checked.expiresAt());
                    return new Known(caller, checked.expiresAt());
                });
    }

    private Reach reach(Keystone.CheckedToken checked) {
        Optional<Role> role = mapping.strongest(checked.roles());
        if (scope.global()) {
            return Reach.everywhere(role.orElseThrow(() -> noRole(checked)));
        }
        // Roles on a domain or on the system are held on no project, so they count in none.
        return checked.held() == null
                ? Reach.nowhere()
                : scope.of(checked.held(), role.orElseThrow(() -> noRole(checked)));
    }

    private static Problem invalid() {
        return Problem.of(
                        ProblemKind.UNAUTHENTICATED,
                        "Keystone does not accept the token in X-Auth-Token: it is not valid or has expired. Get a new"
                                + " one, for example with: openstack token issue")
                .header(HttpHeaders.WWW_AUTHENTICATE, Denials.CHALLENGE);
    }

    private static ProblemException noRole(Keystone.CheckedToken checked) {
        return Problem.of(
                        ProblemKind.NO_ROLE,
                        "The token in X-Auth-Token is valid, but it gives user " + checked.userName() + " no Keystone"
                                + " role on "
                                + Optional.ofNullable(checked.held())
                                        .map(held -> "project " + held.project().name())
                                        .orElse("any project")
                                + " that RESTORE_ROLE_MAPPING gives a role here. Use a token that is scoped to a"
                                + " project on which the user has one.")
                .asException();
    }

    private static ProblemException unavailable(ProblemException cause) {
        Problem problem =
                Problem.of(ProblemKind.TOKEN_CHECK_UNAVAILABLE, cause.problem().detail());
        for (Map.Entry<String, Object> member : cause.problem().members().entrySet()) {
            problem = problem.with(member.getKey(), member.getValue());
        }
        return problem.retryAfter(RETRY_AFTER).asException();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
