package io.vmrestore.openstack.transport;

import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which filters of the cloud's lists work, known from what they have found. A filter that a service does not know, or
 * was told not to apply, finds nothing without an error; one that has just found what it should is trusted for a while,
 * so that "nothing" need not be checked by reading the whole list.
 */
public final class FilterTrust {
    /** An operator's change of the service's configuration is noticed after so long. */
    private static final Duration TRUSTED = Duration.ofMinutes(10);

    private final Map<String, Long> proven = new ConcurrentHashMap<>();

    private final TimeSource time;

    /** Trusts nothing yet. */
    public FilterTrust(TimeSource time) {
        this.time = time;
    }

    /** The filter has found what matches it. */
    public void found(String filter) {
        proven.put(filter, time.nanoTime());
    }

    /** Whether the filter has found something lately. */
    public boolean trusted(String filter) {
        Long since = proven.get(filter);
        return since != null && time.since(since).compareTo(TRUSTED) < 0;
    }
}
