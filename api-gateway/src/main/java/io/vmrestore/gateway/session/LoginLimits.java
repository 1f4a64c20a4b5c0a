package io.vmrestore.gateway.session;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Limits failed logins per user and per client address within a sliding window. An attempt counts from its begin, so
 * that a hundred guesses sent at once are not a hundred free guesses; it is forgiven when it turns out well.
 */
@Component
public final class LoginLimits {
    /** Bounds memory under a flood of invented names; the least recently tried is forgotten first. */
    private static final int MOST_KEYS = 10_000;

    private final Clock clock;
    private final Duration window;
    private final int perUser;
    private final int perAddress;
    private final Map<String, Deque<Instant>> attempts = new LinkedHashMap<>(16, 0.75f, true);

    public LoginLimits(GatewaySettings settings, Clock clock) {
        this.clock = clock;
        this.window = settings.login().failureWindow();
        this.perUser = settings.login().failuresPerUser();
        this.perAddress = settings.login().failuresPerAddress();
    }

    /** One login under way. */
    public final class Attempt {
        private final String user;
        private final String address;
        private final Instant at;

        private Attempt(String user, String address, Instant at) {
            this.user = user;
            this.address = address;
            this.at = at;
        }

        /** The password was right, or nobody could check it: this attempt does not count. */
        public void forgive() {
            synchronized (attempts) {
                remove(user);
                remove(address);
            }
        }

        private void remove(String key) {
            Deque<Instant> times = attempts.get(key);
            if (times != null && times.remove(at) && times.isEmpty()) {
                attempts.remove(key);
            }
        }
    }

    /**
     * Counts an attempt.
     *
     * @throws io.vmrestore.gateway.problem.ProblemException 429 if the user or the address has failed too often
     */
    public Attempt begin(String userName, String domain, String clientAddress) {
        // Keystone compares names without regard to case on most databases.
        String user = "user " + (domain + "/" + userName).toLowerCase(Locale.ROOT);
        String address = "address " + clientAddress;
        Instant now = clock.instant();
        synchronized (attempts) {
            require(user, perUser, "this user", now);
            require(address, perAddress, "your address", now);
            add(user, now);
            add(address, now);
        }
        return new Attempt(user, address, now);
    }

    private void require(String key, int limit, String subject, Instant now) {
        Deque<Instant> times = attempts.get(key);
        if (times == null) {
            return;
        }
        while (!times.isEmpty() && !times.getFirst().plus(window).isAfter(now)) {
            times.removeFirst();
        }
        if (times.size() >= limit) {
            Duration wait = Duration.between(now, times.getFirst().plus(window));
            throw Problem.of(
                            ProblemKind.TOO_MANY_LOGINS,
                            "Too many failed logins of " + subject + "; try again in "
                                    + Math.max(1, wait.plusMillis(999).toSeconds()) + " seconds.")
                    .retryAfter(wait)
                    .asException();
        }
    }

    private void add(String key, Instant now) {
        attempts.computeIfAbsent(key, _ -> new ArrayDeque<>()).addLast(now);
        if (attempts.size() > MOST_KEYS) {
            attempts.remove(attempts.keySet().iterator().next());
        }
    }
}
