package io.vmrestore.verification.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
    /** How the command is called. */
    public static final String USAGE = "./restore chaos [--minutes N] [--seed S]"
            + " [--guarantee exactly_once_v2|at_least_once] [--fault-every SECONDS] [--directory DIR]";

    private static final Set<String> NAMES =
            Set.of("--minutes", "--seed", "--guarantee", "--fault-every", "--directory");
    private static final Set<String> GUARANTEES = Set.of("exactly_once_v2", "at_least_once");
    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_SECONDS = 600;

    /**
     * Reads the words after {@code chaos}.
     *
     * @param newSeed the seed if none is given
     * @throws IllegalArgumentException naming the word that cannot be used
     */
    public static ChaosOptions parse(String[] words, long newSeed) {
        Map<String, String> given = new HashMap<>();
        for (int index = 0; index < words.length; index += 2) {
            String name = words[index];
            if (!NAMES.contains(name) || index + 1 == words.length) {
                throw new IllegalArgumentException(
                        (NAMES.contains(name) ? name + " needs a value" : "Unknown option '" + name + "'")
                                + ".\nusage: " + USAGE);
            }
            given.put(name, words[index + 1]);
        }
        String guarantee = given.getOrDefault("--guarantee", "exactly_once_v2");
        if (!GUARANTEES.contains(guarantee)) {
            throw new IllegalArgumentException(
                    "--guarantee must be exactly_once_v2 or at_least_once, not '" + guarantee + "'");
        }
        String directory = given.get("--directory");
        return new ChaosOptions(
                Duration.ofMinutes(number(given, "--minutes", 3, 1, MOST_MINUTES)),
                number(given, "--seed", newSeed, Long.MIN_VALUE, Long.MAX_VALUE),
                guarantee,
                Duration.ofSeconds(number(given, "--fault-every", 8, 1, MOST_SECONDS)),
                directory == null ? null : Path.of(directory).toAbsolutePath().normalize());
    }

    /** The command that repeats this run. */
    public String command() {
        return "./restore chaos --minutes " + length.toMinutes() + " --seed " + seed + " --guarantee " + guarantee
                + " --fault-every " + every.toSeconds();
    }

    private static long number(Map<String, String> given, String name, long otherwise, long least, long most) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Reported below, together with numbers that are out of range.
        }
        throw new IllegalArgumentException(
                name + " must be a whole number from " + least + " to " + most + ", not '" + text + "'");
    }
}
