package io.vmrestore.intake;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double from the first to the longest, each between half and the whole of it, so that many that failed
 * together do not come back together.
 */
record Backoff(Duration first, Duration longest) {

    /**
     * The pause after a failure.
     *
     * @param failures how many there were in a row, from 1
     */
    Duration after(int failures, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(failures - 1, 20);
        long full = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
