package io.vmrestore.common.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double from the first to the longest.
 *
 * @param jitter which part of a pause is left to chance, from 0 to 1, so that many that failed together do not come
 *     back together
 */
public record Backoff(Duration first, Duration longest, double jitter) {
    /** Beyond it a number of milliseconds could overflow; every pause is the longest by then. */
    private static final int MOST_DOUBLINGS = 20;

    /** @throws IllegalArgumentException if the first pause is not positive or longer than the longest */
    public Backoff {
        if (!first.isPositive() || first.compareTo(longest) > 0 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("Pauses from " + first + " to " + longest + " with a jitter of " + jitter
                    + " make no backoff: the first must be positive and no longer than the longest, the jitter between"
                    + " 0 and 1");
        }
    }

    /** The same pauses for everybody. */
    public static Backoff steady(Duration first, Duration longest) {
        return new Backoff(first, longest, 0);
    }

    /** Each pause is between half and the whole of what doubling makes it. */
    public static Backoff scattered(Duration first, Duration longest) {
        return new Backoff(first, longest, 0.5);
    }

    /**
     * The pause after a failure, in whole milliseconds.
     *
     * @param failures how many there were in a row, from 1
     */
    public Duration after(int failures, RandomGenerator random) {
        long whole = whole(failures).toMillis();
        long chance = (long) (whole * jitter);
        return Duration.ofMillis(whole - (chance == 0 ? 0 : random.nextLong(chance + 1)));
    }

    /** The same without anything left to chance. */
    public Duration whole(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        return Duration.ofMillis(Math.min(doubled, longest.toMillis()));
    }
}
