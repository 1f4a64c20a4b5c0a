package io.vmrestore.openstack.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack4j.model.identity.v3.Token;

/**
 * The one current token of an identity in a project. Whatever the number of threads that need a new one, one of them
 * asks Keystone and all get its answer, also when that is a refusal: a wrong password is not tried fifty times.
 */
public final class TokenHolder {

    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Supplier<Token> keystone;
    private final InstantSource clock;
    private final AtomicReference<@Nullable CompletableFuture<Token>> asking = new AtomicReference<>();
    private volatile @Nullable Held held;

    /** Asks the given supplier for a token whenever there is none, it is about to expire, or a service refused it. */
    public TokenHolder(Supplier<Token> keystone, InstantSource clock) {
        this.keystone = keystone;
        this.clock = clock;
    }

    /** A token that is good for now. */
    public Token current() {
        Held now = held;
        return now != null && clock.instant().isBefore(now.renewAt) ? now.token : ask(idOf(now));
    }

    /** A token other than the one that a service refused; a concurrent caller may have got it already. */
    Token renew(String refusedTokenId) {
        Held now = held;
        return now != null && !now.token.getId().equals(refusedTokenId) ? now.token : ask(refusedTokenId);
    }

    private Token ask(@Nullable String staleTokenId) {
        CompletableFuture<Token> mine = new CompletableFuture<>();
        CompletableFuture<Token> other = asking.compareAndExchange(null, mine);
        if (other != null) {
            return answerOf(other);
        }
        try {
            Held now = held;
            // Somebody may have finished between our look and our turn.
            Token token = now != null && !now.token.getId().equals(staleTokenId) ? now.token : hold(keystone.get());
            asking.set(null);
            mine.complete(token);
            return token;
        } catch (RuntimeException | Error e) {
            asking.set(null);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static @Nullable String idOf(@Nullable Held held) {
        return held == null ? null : held.token.getId();
    }

    private Token hold(Token token) {
        // Lifetime instead of the expiry date: Keystone's clock need not agree with ours.
        Duration lifetime = Duration.between(
                token.getIssuedAt().toInstant(), token.getExpires().toInstant());
        Duration fifth = lifetime.dividedBy(5);
        Duration margin = fifth.compareTo(MARGIN) < 0 ? fifth : MARGIN;
        held = new Held(token, clock.instant().plus(lifetime).minus(margin));
        return token;
    }

    private static Token answerOf(CompletableFuture<Token> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    private record Held(Token token, Instant renewAt) {}
}
