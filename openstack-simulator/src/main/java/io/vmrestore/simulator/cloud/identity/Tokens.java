package io.vmrestore.simulator.cloud.identity;

import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Issues and checks tokens. Every failed login gets the same answer, whatever its cause. */
public final class Tokens {
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofHours(1);

    private final Engine engine;
    private final Identity identity;
    private final Table<Token> tokens;
    private Duration lifetime;

    public Tokens(Engine engine, Identity identity, Duration lifetime) {
        this.engine = engine;
        this.identity = identity;
        this.tokens = engine.table("tokens", Token.class);
        this.lifetime = lifetime;
    }

    /** Every token that is remembered, expired ones among them. */
    public Stream<Token> issued() {
        return tokens.stream();
    }

    /** Changes how long tokens issued from now on live. */
    public void lifetime(Duration newLifetime) {
        this.lifetime = newLifetime;
    }

    /** A token for a user, found by id or else by name, and a password. */
    public Caller byPassword(@Nullable String userId, @Nullable String userName, String password, Scope scope) {
        User user = (userId != null
                        ? identity.findUser(userId)
                        : identity.users()
                                .filter(known -> known.name().equals(userName))
                                .findFirst())
                .filter(User::enabled)
                .filter(known -> identity.passwordMatches(known, password))
                .orElseThrow(Refused::unauthorized);
        Instant now = engine.now();
        return issue(user, scope, List.of("password"), List.of(), now.plus(lifetime));
    }

    /** A token for another scope in exchange for a token; it expires when the first one does. */
    public Caller byToken(String tokenId, Scope scope) {
        Caller first = caller(tokenId).orElseThrow(Refused::unauthorized);
        List<String> methods = new ArrayList<>(first.token().methods());
        if (!methods.contains("token")) {
            methods.add("token");
        }
        List<String> parent = first.token().auditIds().subList(0, 1);
        return issue(first.user(), scope, methods, parent, first.token().expiresAt());
    }

    /** Who calls with this token; empty: unknown, expired, revoked, or without any role left on its project. */
    public Optional<Caller> caller(@Nullable String tokenId) {
        return tokens.find(tokenId)
                .filter(token -> !token.expiredAt(engine.now()))
                .flatMap(this::callerOf);
    }

    /** As {@link #caller}, but says why not: as Keystone does when it validates somebody's token. */
    public Caller validate(@Nullable String tokenId) {
        Token token = tokens.find(tokenId).orElseThrow(() -> Refused.notFound("Could not recognize Fernet token"));
        if (token.expiredAt(engine.now())) {
            throw Refused.notFound("Failed to validate token");
        }
        return callerOf(token).orElseThrow(() -> Refused.notFound("Failed to validate token"));
    }

    public void revoke(@Nullable String tokenId) {
        tokens.remove(validate(tokenId).token().id());
    }

    /** Revokes a token that may be unknown. */
    public void forget(@Nullable String tokenId) {
        tokens.find(tokenId).ifPresent(token -> tokens.remove(token.id()));
    }

    /** Revokes every token of a user. */
    public void forgetAllOf(String userId) {
        tokens.stream()
                .filter(token -> token.userId().equals(userId))
                .map(Token::id)
                .toList()
                .forEach(tokens::remove);
    }

    private Optional<Caller> callerOf(Token token) {
        Optional<User> user = identity.findUser(token.userId()).filter(User::enabled);
        if (user.isEmpty()) {
            return Optional.empty();
        }
        if (token.projectId() == null) {
            return Optional.of(new Caller(token, user.get(), null, List.of()));
        }
        List<Role> roles = identity.effectiveRoles(token.userId(), token.projectId());
        return identity.findProject(token.projectId())
                .filter(Project::enabled)
                .filter(project -> !roles.isEmpty())
                .map(project -> new Caller(token, user.get(), project, roles));
    }

    private Caller issue(User user, Scope scope, List<String> methods, List<String> parent, Instant expiry) {
        @Nullable
        String projectId = switch (scope) {
            case Scope.Unscoped unscoped -> null;
            case Scope.OfProject wanted -> find(wanted).id();
        };
        forgetLongExpired();
        List<String> auditIds = new ArrayList<>(List.of(randomText(16)));
        auditIds.addAll(parent);
        Token token =
                new Token("gAAAAA" + randomText(90), user.id(), projectId, methods, auditIds, engine.now(), expiry);
        Caller caller = callerOf(token).orElseThrow(Refused::unauthorized);
        tokens.put(token);
        return caller;
    }

    private Project find(Scope.OfProject wanted) {
        return (wanted.id() != null
                        ? identity.findProject(wanted.id())
                        : identity.projects()
                                .filter(project -> project.name().equals(wanted.name()))
                                .findFirst())
                .orElseThrow(Refused::unauthorized);
    }

    private void forgetLongExpired() {
        Instant limit = engine.now().minus(KEPT_AFTER_EXPIRY);
        tokens.stream()
                .takeWhile(token -> token.expiredAt(limit))
                .map(Token::id)
                .toList()
                .forEach(tokens::remove);
    }

    private String randomText(int bytes) {
        byte[] random = new byte[bytes];
        engine.random().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
