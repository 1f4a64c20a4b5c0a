package io.vmrestore.verification.benchmarks.system;

import java.time.Duration;

/**
 * How long the simulated cloud takes for what is not done at once.
 *
 * @param volume until a volume is there
 * @param server until a server is there
 */
public record CloudDelays(Duration volume, Duration server) {
    public static final CloudDelays NONE = new CloudDelays(Duration.ZERO, Duration.ZERO);
}
