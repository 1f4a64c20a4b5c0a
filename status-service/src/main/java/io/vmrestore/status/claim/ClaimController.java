package io.vmrestore.status.claim;

import io.vmrestore.status.problem.ProblemException;
import io.vmrestore.status.problem.ProblemKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The internal HTTP interface by which gateways agree on what a repeated request stands for. */
@RestController
class ClaimController {
    private static final int LONGEST_KEY = 255;

    private final ClaimStore store;

    ClaimController(ClaimStore store) {
        this.store = store;
    }

    /** A claim as it is sent; whatever is missing is null, and not admitted. */
    record Wanted(
            @Nullable String key,
            @Nullable String digest,
            @Nullable UUID subjectId,
            @Nullable Instant claimedAt,
            @Nullable Instant expiresAt,
            @Nullable Boolean admitted) {

        Claim complete() {
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
                throw new ProblemException(
                        ProblemKind.INVALID_PARAMETER,
                        "A claim has a key of 1 to 255 characters, the SHA-256 digest of the request, a subject_id, a"
                                + " claimed_at and a later expires_at");
            }
            return new Claim(key, digest, subjectId, claimedAt, expiresAt, Boolean.TRUE.equals(admitted));
        }
    }

    /**
     * Answers the claim that holds: the one sent if the caller has none under this key, otherwise the first. A claim
     * that is sent again as admitted, with its own subject_id, is admitted from then on.
     */
    @PostMapping("/internal/claims")
    Mono<Claim> claim(@RequestBody Wanted wanted, @AuthenticationPrincipal Jwt token) {
        String caller = token.getSubject();
        if (caller == null) {
            throw new ProblemException(ProblemKind.UNAUTHORIZED, "The token names nobody (claim sub)");
        }
        return store.claim(caller, wanted.complete());
    }
}
