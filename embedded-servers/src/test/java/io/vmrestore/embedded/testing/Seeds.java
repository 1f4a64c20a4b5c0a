package io.vmrestore.embedded.testing;

import java.nio.file.Path;
import java.util.function.LongConsumer;

/** The seeds that a test of random worlds runs with: so many, or the one that {@code -Dseed} names. */
public final class Seeds {
    private Seeds() {}

    /** Whether all seeds run, so that the whole of them can be judged. */
    public static boolean all() {
        return Long.getLong("seed") == null;
    }

    /** @throws AssertionError if a seed fails, naming the seed and the command that runs it again */
    public static void each(Class<?> test, int count, LongConsumer world) {
        Long only = Long.getLong("seed");
        long first = only == null ? 0 : only;
        long last = only == null ? Integer.getInteger("seeds", count) - 1L : only;
        for (long seed = first; seed <= last; seed++) {
            try {
                world.accept(seed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "With seed " + seed + ": " + failure.getMessage()
                                + "\nRun it again with: ./mvnw -pl " + module() + " -am test -Dtest="
                                + test.getSimpleName() + " -Dsurefire.failIfNoSpecifiedTests=false -Dseed=" + seed,
                        failure);
            }
        }
    }

    /** Tests run in the folder of their module. */
    private static Path module() {
        return Path.of("").toAbsolutePath().getFileName();
    }
}
