package io.vmrestore.gateway.session;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Limits guesses at passwords without letting anybody lock another out.
 *
 * <ul>
 *   <li>One user's failures from one address: refused for a while.
 *   <li>Failures of one address, of one user from everywhere, and of all: the next attempt waits longer and longer
 *       before the password is looked at, and is never refused.
 *   <li>An address that a user has signed in from lately is theirs: what others do, there or elsewhere, never refuses
 *       or delays them, and their own failures there only make them wait.
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

        private Attempt(String pair, List<String> keys, Instant at, Duration delay) {
            this.pair = pair;
            this.keys = keys;
            this.at = at;
            this.delay = delay;
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

        /** Nobody could check the password: this attempt does not count. */
        public void forgive() {
            synchronized (LoginLimits.this) {
                keys.forEach(key -> failures.remove(key, at));
            }
        }
    }

    /**
     * Counts an attempt.
     *
     * @throws io.vmrestore.support.problem.ProblemException 429 if the user has failed too often from this address, and
     *     has not signed in from there lately
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
        Duration delay = theirs
                ? delay(failures.of(pair, now), perUser)
                : Collections.max(List.of(
                        delay(failures.of(address, now), perAddress),
                        delay(failures.of(user, now), FROM_EVERYWHERE * perUser),
                        delay(failures.of(ALL, now), OF_ALL * perAddress)));
        // Whoever shares an address with a user that it knows must not make it wait for others.
        List<String> keys = theirs ? List.of(pair) : List.of(pair, address, user, ALL);
        keys.forEach(key -> failures.add(key, now));
        return new Attempt(pair, keys, now, delay);
    }

    private void requireRoom(String pair, Instant now) {
        if (failures.of(pair, now) < perUser) {
            return;
        }
        Duration wait = Duration.between(now, failures.firstForgotten(pair));
        throw Problem.of(
                        ProblemKind.TOO_MANY_LOGINS,
                        "Too many failed logins of this user from your address; try again in "
                                + Math.max(1, wait.plusMillis(999).toSeconds()) + " seconds.")
                .retryAfter(wait)
                .asException();
    }

    /** None within the limit, then a second that doubles with each limit more. */
    private static Duration delay(int failed, int limit) {
        if (failed < limit) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failed / limit - 1, MOST_DOUBLINGS);
        Duration delay = FIRST_DELAY.multipliedBy(1L << doublings);
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }
}
