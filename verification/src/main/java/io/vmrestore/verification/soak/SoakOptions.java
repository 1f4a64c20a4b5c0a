package io.vmrestore.verification.soak;

import java.time.Duration;
import java.util.Map;

/**
 * How a soak is to be.
 *
 * @param connections attempted in each round
 * @param clients processes that attempt them
 * @param rounds after the first, everything has to be as it was after that
 * @param settings environment variables of the system
 * @param patience for a round's connections to end
 */
public record SoakOptions(int connections, int clients, int rounds, Map<String, String> settings, Duration patience) {
    /** What one process may open on common systems, with room for its own files. */
    private static final int MOST_PER_CLIENT = 15_000;

    public SoakOptions {
        if (connections < clients || connections / clients > MOST_PER_CLIENT) {
            throw new IllegalArgumentException("--connections must be 1 to " + MOST_PER_CLIENT
                    + " for each of --clients, not " + connections + " for " + clients);
        }
    }
}
