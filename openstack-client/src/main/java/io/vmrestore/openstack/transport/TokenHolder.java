package io.vmrestore.openstack.transport;

import io.vmrestore.openstack.failure.CloudException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one current token of an identity in a project, and with it the catalog. Whatever the number of threads that need
 * a new one, one of them asks Keystone and all get its answer, also when that is a refusal: a wrong password is not
 * tried fifty times.
 */
public final class TokenHolder {

    private static final Duration MARGIN = Duration.ofSeconds(60);

    /** An outage of a service must not become a storm of requests to Keystone. */
    private static final Duration BETWEEN_DOUBTS = Duration.ofSeconds(5);

    private final Supplier<AccessToken> keystone;
    private final InstantSource clock;
    private final AtomicReference<@Nullable CompletableFuture<AccessToken>> asking = new AtomicReference<>();
    private volatile @Nullable Held held;

    /**
     * Asks the given supplier for a token whenever there is none, it is about to expire, or it is not good any more.
     */
    public TokenHolder(Supplier<AccessToken> keystone, InstantSource clock) {
        this.keystone = keystone;
        this.clock = clock;
    }

    /** A token that is good for now. */
    public AccessToken current() {
        Held now = held;
        Instant time = clock.instant();
        if (now == null || !time.isBefore(now.renewAt)) {
            return ask(idOf(now));
        }
        return now.doubted && !time.isBefore(now.doubtableAt) ? insteadOf(now) : now.token;
    }

    /** A token other than the one that a service refused; a concurrent caller may have got it already. */
    AccessToken renew(String refusedTokenId) {
        Held now = held;
        return now != null && !now.token.id().equals(refusedTokenId) ? now.token : ask(refusedTokenId);
    }

    /**
     * What came with this token, such as the catalog, may be out of date: whoever asks next gets a new one, but not
     * more often than every few seconds.
     */
    void doubt(String tokenId) {
        Held now = held;
        if (now != null && now.token.id().equals(tokenId)) {
            held = new Held(now.token, now.renewAt, now.doubtableAt, true);
        }
    }

    /** A new one if Keystone gives one; the doubted one is valid, and what is doubted may be right. */
    private AccessToken insteadOf(Held doubted) {
        try {
            return ask(doubted.token.id());
        } catch (CloudException e) {
            held = new Held(doubted.token, doubted.renewAt, clock.instant().plus(BETWEEN_DOUBTS), true);
            return doubted.token;
        }
    }

    private AccessToken ask(@Nullable String staleTokenId) {
        CompletableFuture<AccessToken> mine = new CompletableFuture<>();
        CompletableFuture<AccessToken> other = asking.compareAndExchange(null, mine);
        if (other != null) {
            return answerOf(other);
        }
        try {
            Held now = held;
            // Somebody may have finished between our look and our turn.
            AccessToken token = now != null && !now.token.id().equals(staleTokenId) ? now.token : hold(keystone.get());
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
        return held == null ? null : held.token.id();
    }

    private AccessToken hold(AccessToken token) {
        Duration fifth = token.lifetime().dividedBy(5);
        Duration margin = fifth.compareTo(MARGIN) < 0 ? fifth : MARGIN;
        Instant now = clock.instant();
        held = new Held(token, now.plus(token.lifetime()).minus(margin), now.plus(BETWEEN_DOUBTS), false);
        return token;
    }

    private static AccessToken answerOf(CompletableFuture<AccessToken> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    /**
     * @param renewAt shortly before it expires
     * @param doubtableAt not before then another is asked for because of a doubt
     * @param doubted whether somebody has doubted it
     */
    private record Held(AccessToken token, Instant renewAt, Instant doubtableAt, boolean doubted) {}
}
