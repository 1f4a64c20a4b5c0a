package io.vmrestore.verification.chaos;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run is to be.
 *
 * @param length how long faults happen; starting and judging come on top
 * @param seed faults and wishes follow from it
 * @param guarantee of dispatch, as RESTORE_DISPATCH_GUARANTEE takes it
 * @param every mean time between the beginnings of two faults
 * @param directory where the processes keep and log everything; null: a new temporary one
 */
public record ChaosOptions(
        Duration length,
        long seed,
        String guarantee,
        Duration every,
        @Nullable Path directory) {

    /** The command that repeats this run. */
    public String command() {
        return "./restore chaos --minutes " + length.toMinutes() + " --seed " + seed + " --guarantee " + guarantee
                + " --fault-every " + every.toSeconds();
    }
}
