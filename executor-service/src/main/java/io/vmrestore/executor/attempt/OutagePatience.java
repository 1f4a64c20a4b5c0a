package io.vmrestore.executor.attempt;

import io.vmrestore.common.retry.Backoff;
import java.time.Duration;

/**
 * How a step waits for a service that gives no answer.
 *
 * @param limit how long for each outage, from the first request without an answer
 * @param pauses between two requests
 */
public record OutagePatience(Duration limit, Backoff pauses) {
    public static final OutagePatience DEFAULT = new OutagePatience(
            Duration.ofMinutes(30), Backoff.scattered(Duration.ofSeconds(1), Duration.ofSeconds(30)));
}
