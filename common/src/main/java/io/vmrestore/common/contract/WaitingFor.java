package io.vmrestore.common.contract;

import java.time.Instant;

/**
 * What a step waits for: an OpenStack service that gives no answer.
 *
 * @param service identity, compute, volume or network
 * @param since when the first request without an answer was sent
 * @param lastAnswer what came instead of an answer, such as {@code 503 Service Unavailable}
 */
public record WaitingFor(String service, Instant since, String lastAnswer) {}
