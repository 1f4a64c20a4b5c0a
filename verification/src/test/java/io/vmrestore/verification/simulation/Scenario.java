package io.vmrestore.verification.simulation;

import java.time.Duration;
import java.util.Random;

/** What a seed makes of a run: how many there are of each, and what goes wrong. */
record Scenario(
        int partitions,
        int planners,
        int executors,
        int folds,
        int restores,
        boolean replaces,
        boolean cancels,
        boolean dryRun,
        boolean cleansVolumes,
        Duration volumeDelay,
        Duration serverDelay,
        boolean kills,
        boolean freezes,
        boolean moves,
        boolean outages,
        boolean cloudFaults,
        double trouble,
        double aims,
        Duration staleAfter) {

    /** Long enough for everything to be healed before a restore counts as silent. */
    private static final Duration PATIENT = Duration.ofMinutes(6);

    private static final Duration HASTY = Duration.ofSeconds(25);

    /** Whether no restore may end because it was silent. */
    boolean patient() {
        return staleAfter.equals(PATIENT);
    }

    static Scenario of(long seed, Random random) {
        boolean calm = seed % 20 == 0;
        boolean cloudFaults = !calm && random.nextInt(3) > 0;
        return new Scenario(
                1 + random.nextInt(3),
                1 + random.nextInt(2),
                1 + random.nextInt(3),
                1 + random.nextInt(2),
                1 + random.nextInt(4),
                random.nextBoolean(),
                random.nextBoolean(),
                !calm && random.nextInt(25) == 0,
                random.nextBoolean(),
                Duration.ofMillis(random.nextInt(4000)),
                Duration.ofMillis(random.nextInt(6000)),
                !calm && random.nextInt(3) > 0,
                !calm && random.nextBoolean(),
                !calm && random.nextBoolean(),
                !calm && random.nextInt(3) == 0,
                cloudFaults,
                cloudFaults ? random.nextInt(8) / 100.0 : 0,
                calm || random.nextBoolean() ? 0 : 0.005 + random.nextInt(40) / 1000.0,
                calm || random.nextInt(4) > 0 ? PATIENT : HASTY);
    }
}
