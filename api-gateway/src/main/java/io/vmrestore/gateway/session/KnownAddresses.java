package io.vmrestore.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** From where each user has signed in lately. */
final class KnownAddresses {
    private static final Duration LATELY = Duration.ofDays(30);
    private static final int MOST = 10_000;

    private final Map<String, Instant> signedIn = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    void add(String userAtAddress, Instant now) {
        signedIn.put(userAtAddress, now);
    }

    boolean has(String userAtAddress, Instant now) {
        Instant last = signedIn.get(userAtAddress);
        return last != null && last.plus(LATELY).isAfter(now);
    }
}
