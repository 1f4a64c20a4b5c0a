package io.vmrestore.gateway.jobs;

import java.time.Instant;
import java.util.UUID;

/**
 * What a request stands for. Repeats of one request share a claim, so they publish one and the same event.
 *
 * @param digest hash of what is asked for
 * @param subjectId the id that the first of these requests chose for what it makes
 * @param at when it was first asked for
 */
public record Claim(String digest, UUID subjectId, Instant at) {}
