package io.vmrestore.support.listener;

import io.vmrestore.common.time.TimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many requests of nobody known one address may send. Those without a token are counted when they come, those with
 * one when the answer shows that nobody has vouched for it. A token that was accepted lately is not held up by what
 * others at its address send.
 */
final class RequestRates {
    private static final int MOST_PROOFS = 10_000;

    private final AddressRates withoutToken;
    private final AddressRates withBadToken;
    private final Map<Integer, Boolean> accepted = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
            return size() > MOST_PROOFS;
        }
    };

    RequestRates(int perSecond, TimeSource time) {
        this.withoutToken = new AddressRates(perSecond, time);
        this.withBadToken = new AddressRates(perSecond, time);
    }

    /** Empty if the request may come, otherwise how long there is no room for it. */
    synchronized Optional<Duration> come(InetAddress address, Asked asked) {
        if (!asked.withToken()) {
            return withoutToken.take(address);
        }
        return accepted.get(asked.proof()) == null ? withBadToken.look(address) : Optional.empty();
    }

    /** @param known whether the application knows who asked */
    synchronized void answered(InetAddress address, Asked asked, boolean known) {
        if (!asked.withToken()) {
            return;
        }
        if (known) {
            accepted.put(asked.proof(), true);
        } else {
            accepted.remove(asked.proof());
            withBadToken.charge(address);
        }
    }
}
