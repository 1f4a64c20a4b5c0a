package io.vmrestore.gateway.session;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Limits guesses at passwords without letting anybody lock another out.
 *
 * <ul>
 *   <li>One user's failures from one address: refused for a while.
 *   <li>Failures of one address, of one user from everywhere, and of all: the next attempt waits longer and longer
 *       before the password is looked at. Only so many may wait at once, which bounds how many passwords are tried;
 *       whoever comes then is told to come back in seconds.
 *   <li>An address that a user has signed in from lately is theirs: what others do, there or elsewhere, never refuses
 *       or delays them, and failures of theirs there only make them wait.
 * </ul>
 *
 * <p>An attempt counts from its begin, so that a hundred guesses sent at once are not a hundred free guesses; it is
 * forgiven when it turns out well. Each gateway counts for itself.
 */
@Component
public final class LoginLimits {
    /** So many times a single user's limit are free for one user from everywhere. */
    private static final int FROM_EVERYWHERE = 4;

    /** So many times a single address's limit are free for all together. */
    private static final int OF_ALL = 10;

    private static final String ALL = "all";
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 4;

    private final Clock clock;
    private final int perUser;
    private final int perAddress;
    private final Failures failures;
    private final KnownAddresses known;
    private final Map<String, Integer> waiting = new HashMap<>();

    /** What failures are counted by, and how many are free. */
    private record Brake(String key, int limit) {}

    public LoginLimits(GatewaySettings settings, Clock clock) {
        this.clock = clock;
        this.perUser = settings.login().failuresPerUser();
        this.perAddress = settings.login().failuresPerAddress();
        this.failures = new Failures(settings.login().failureWindow());
        this.known = new KnownAddresses();
    }

    /** One login under way. */
    public final class Attempt {
        private final String pair;
        private final List<String> keys;
        private final Instant at;
        private final Duration delay;
        private List<Brake> braked;

        private Attempt(String pair, List<String> keys, Instant at, Duration delay, List<Brake> braked) {
            this.pair = pair;
            this.keys = keys;
            this.at = at;
            this.delay = delay;
            this.braked = braked;
        }

        /** How long to wait before the password is looked at. */
        public Duration delay() {
            return delay;
        }

        /** The password was right: this attempt does not count, and the address is the user's from now on. */
        public void succeed() {
            synchronized (LoginLimits.this) {
                known.add(pair, clock.instant());
                forgive();
            }
        }

        /** Makes room for the next one that has to wait. A second call does nothing. */
        public void end() {
            synchronized (LoginLimits.this) {
                braked.forEach(
                        brake -> waiting.computeIfPresent(brake.key(), (_, number) -> number == 1 ? null : number - 1));
                braked = List.of();
            }
        }

        /** Nobody could check the password: this attempt does not count. */
        public void forgive() {
            synchronized (LoginLimits.this) {
                keys.forEach(key -> failures.remove(key, at));
            }
        }
    }

    /**
     * Counts an attempt, which is to be ended however it turns out.
     *
     * @throws ProblemException 429 if the user has failed too often from this address, and has not signed in from there
     *     lately, or too many attempts wait already
     */
    public synchronized Attempt begin(String userName, String domain, String clientAddress) {
        // Keystone compares names without regard to case on most databases.
        String user = "user " + (domain + "/" + userName).toLowerCase(Locale.ROOT);
        String address = "address " + clientAddress;
        String pair = user + " at " + address;
        Instant now = clock.instant();
        boolean theirs = known.has(pair, now);
        if (!theirs) {
            requireRoom(pair, now);
        }
        List<Brake> brakes = theirs
                ? List.of(new Brake(pair, perUser))
                : List.of(
                        new Brake(address, perAddress),
                        new Brake(user, FROM_EVERYWHERE * perUser),
                        new Brake(ALL, OF_ALL * perAddress));
        List<Brake> braked = brakes.stream()
                .filter(brake -> failures.of(brake.key(), now) >= brake.limit())
                .toList();
        requirePlace(braked);
        Duration delay = braked.stream()
                .map(brake -> delay(failures.of(brake.key(), now), brake.limit()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        braked.forEach(brake -> waiting.merge(brake.key(), 1, Integer::sum));
        // Whoever shares an address with a user that it knows must not make it wait for others.
        List<String> keys = theirs ? List.of(pair) : List.of(pair, address, user, ALL);
        keys.forEach(key -> failures.add(key, now));
        return new Attempt(pair, keys, now, delay, braked);
    }

    private void requirePlace(List<Brake> braked) {
        if (braked.stream().anyMatch(brake -> waiting.getOrDefault(brake.key(), 0) >= brake.limit())) {
            throw refused("Too many logins that may be guesses wait already", LONGEST_DELAY);
        }
    }

    private void requireRoom(String pair, Instant now) {
        if (failures.of(pair, now) < perUser) {
            return;
        }
        throw refused(
                "Too many failed logins of this user from your address",
                Duration.between(now, failures.firstForgotten(pair)));
    }

    private static ProblemException refused(String why, Duration wait) {
        return Problem.of(
                        ProblemKind.TOO_MANY_LOGINS,
                        why + "; try again in "
                                + Math.max(1, wait.plusMillis(999).toSeconds()) + " seconds.")
                .retryAfter(wait)
                .asException();
    }

    /** A second at the limit, which doubles with each limit more. */
    private static Duration delay(int failed, int limit) {
        int doublings = Math.min(failed / limit - 1, MOST_DOUBLINGS);
        Duration delay = FIRST_DELAY.multipliedBy(1L << doublings);
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }
}
