package io.vmrestore.gateway.requests;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request stands for. Repeats of one request share a claim, so they publish one and the same event.
 *
 * @param key the client's Idempotency-Key; null if there is none, so that nobody else shares the claim
 * @param digest hash of what is asked for
 * @param subjectId the id that the first of these requests chose for what it makes
 * @param at when it was first asked for
 * @param admitted whether one of these requests was let past the limits, so that it was or will be published
 */
public record Claim(@Nullable String key, String digest, UUID subjectId, Instant at, boolean admitted) {}
