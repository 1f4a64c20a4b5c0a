package io.vmrestore.support.listener;

import io.vmrestore.common.time.TimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * So many requests a second of one address. Each address has a bucket of {@value #BURST} seconds' requests, which fills
 * steadily. The ten thousand addresses that asked last are remembered.
 */
final class AddressRates {
    private static final int BURST = 5;
    private static final int MOST_ADDRESSES = 10_000;
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final TimeSource time;
    private final Map<InetAddress, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private static final class Bucket {
        private double left;
        private long filledAt;
    }

    AddressRates(int perSecond, TimeSource time) {
        this.perSecond = perSecond;
        this.time = time;
    }

    /** Takes one request of this address. Empty if it may come, otherwise how long there is no room for one. */
    synchronized Optional<Duration> take(InetAddress address) {
        Optional<Duration> wait = look(address);
        if (wait.isEmpty()) {
            charge(address);
        }
        return wait;
    }

    /** As {@link #take}, and takes none. */
    synchronized Optional<Duration> look(InetAddress address) {
        double missing = 1 - filled(address).left;
        return missing <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) Math.ceil(missing / perSecond * NANOS)));
    }

    /** Takes one request that has come already. */
    synchronized void charge(InetAddress address) {
        Bucket bucket = filled(address);
        bucket.left = Math.max(bucket.left - 1, 0);
    }

    private Bucket filled(InetAddress address) {
        long now = time.nanoTime();
        Bucket bucket = buckets.computeIfAbsent(ClientAddress.network(address), _ -> {
            Bucket full = new Bucket();
            full.left = (double) BURST * perSecond;
            full.filledAt = now;
            return full;
        });
        bucket.left = Math.min(bucket.left + (now - bucket.filledAt) / NANOS * perSecond, (double) BURST * perSecond);
        bucket.filledAt = now;
        return bucket;
    }
}
