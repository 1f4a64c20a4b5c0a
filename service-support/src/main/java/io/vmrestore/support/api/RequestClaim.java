package io.vmrestore.support.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request and what it stands for. Each field is null where the sender left it out.
 *
 * @param key the client's Idempotency-Key
 * @param digest hash of what is asked for, in hexadecimal digits
 * @param subjectId the id that the request chooses for what it makes
 * @param claimedAt when it was first asked for
 * @param expiresAt from when on the key is free again
 * @param admitted whether there was room for it; once true it stays true until the key is free again
 */
public record RequestClaim(
        @Nullable String key,
        @Nullable String digest,
        @Nullable UUID subjectId,
        @Nullable Instant claimedAt,
        @Nullable Instant expiresAt,
        @Nullable Boolean admitted) {}
