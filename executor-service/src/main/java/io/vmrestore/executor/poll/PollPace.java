package io.vmrestore.executor.poll;

import io.vmrestore.common.retry.Backoff;
import java.time.Duration;
import java.util.List;

/**
 * How often the cloud is asked about resources that are on their way.
 *
 * @param looks pauses between the first looks at one resource, before it joins the shared poller; they find what a
 *     quick cloud finishes at once and are a constant cost of each wait
 * @param fastest shortest pause between two list calls
 * @param slowest longest pause between two list calls
 */
public record PollPace(List<Duration> looks, Duration fastest, Duration slowest) {
    /** A wait is overrun by at most this fraction of its length. */
    private static final int FRACTION = 8;

    /** A list call may take at most a third of the poller's time, so that a slow cloud is asked less. */
    private static final int CALL_SHARE = 2;

    public static final PollPace DEFAULT = new PollPace(
            List.of(Duration.ofMillis(5), Duration.ofMillis(15), Duration.ofMillis(60)),
            Duration.ofMillis(250),
            Duration.ofSeconds(5));

    /** Keeps its own copy. */
    public PollPace {
        looks = List.copyOf(looks);
        if (fastest.isNegative() || fastest.isZero() || slowest.compareTo(fastest) < 0) {
            throw new IllegalArgumentException("The pauses between polls must be positive, and the slowest (" + slowest
                    + ") no shorter than the fastest (" + fastest + ")");
        }
    }

    /** The pauses after list calls that failed; those who wait share one poller, so nothing is left to chance. */
    Backoff afterFailures() {
        Duration twice = fastest.multipliedBy(2);
        return Backoff.steady(twice.compareTo(slowest) < 0 ? twice : slowest, slowest);
    }

    /**
     * The pause before the next list call.
     *
     * @param youngest how long the youngest wait has lasted
     * @param lastCall how long the last list call took
     */
    Duration pause(Duration youngest, Duration lastCall) {
        Duration byAge = youngest.dividedBy(FRACTION);
        Duration byCost = lastCall.multipliedBy(CALL_SHARE);
        Duration wanted = byAge.compareTo(byCost) > 0 ? byAge : byCost;
        if (wanted.compareTo(fastest) < 0) {
            return fastest;
        }
        return wanted.compareTo(slowest) > 0 ? slowest : wanted;
    }
}
