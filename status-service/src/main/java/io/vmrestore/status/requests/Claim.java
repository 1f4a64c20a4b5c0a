package io.vmrestore.status.requests;

import io.vmrestore.status.problem.Refusals;
import io.vmrestore.support.api.RequestClaim;
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
record Claim(String key, String digest, UUID subjectId, Instant claimedAt, Instant expiresAt, boolean admitted) {
    private static final int LONGEST_KEY = 255;

    /** @throws io.vmrestore.support.problem.ProblemException 400 if something is missing or malformed */
    static Claim complete(RequestClaim sent) {
        String key = sent.key();
        String digest = sent.digest();
        UUID subjectId = sent.subjectId();
        Instant claimedAt = sent.claimedAt();
        Instant expiresAt = sent.expiresAt();
        if (key == null
                || key.isEmpty()
                || key.length() > LONGEST_KEY
                || key.indexOf('\0') >= 0
                || digest == null
                || !digest.matches("[0-9a-f]{64}")
                || subjectId == null
                || claimedAt == null
                || expiresAt == null
                || !expiresAt.isAfter(claimedAt)) {
            throw Refusals.invalid(
                    "A claim has a key of 1 to 255 characters, the SHA-256 digest of the request, a subject_id, a"
                            + " claimed_at and a later expires_at");
        }
        return new Claim(key, digest, subjectId, claimedAt, expiresAt, Boolean.TRUE.equals(sent.admitted()));
    }

    /** As the gateway is told; without a key if there is none. */
    RequestClaim told() {
        return new RequestClaim(key.isEmpty() ? null : key, digest, subjectId, claimedAt, expiresAt, admitted);
    }
}
