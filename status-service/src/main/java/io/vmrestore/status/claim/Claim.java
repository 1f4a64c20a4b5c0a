package io.vmrestore.status.claim;

import java.time.Instant;
import java.util.UUID;

/**
 * One request under a key.
 *
 * @param digest hash of what is asked for, in hexadecimal digits
 * @param subjectId the id that the request chooses for what it makes
 * @param claimedAt when it was first asked for
 * @param expiresAt from when on the key is free again
 * @param admitted whether there was room for it; once true it stays true until the key is free again
 */
record Claim(String key, String digest, UUID subjectId, Instant claimedAt, Instant expiresAt, boolean admitted) {}
