package io.vmrestore.status.claim;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The table of claims. */
@Component
class ClaimStore {
    /** Beyond it the database does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /**
     * One statement, so that of two who claim the same key at once the second sees the first. On the way it removes a
     * few claims that have expired; those that others are removing are left to them.
     */
    private static final String CLAIM = """
        WITH expired AS (
            SELECT caller, key FROM request_claims
            WHERE expires_at <= $5 AND (caller, key) <> ($1, $2)
            ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED),
        removed AS (
            DELETE FROM request_claims claim USING expired
            WHERE claim.caller = expired.caller AND claim.key = expired.key)
        INSERT INTO request_claims AS known (caller, key, digest, subject_id, claimed_at, expires_at, admitted)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (caller, key) DO UPDATE SET
            digest     = CASE WHEN known.expires_at <= $5 THEN excluded.digest ELSE known.digest END,
            subject_id = CASE WHEN known.expires_at <= $5 THEN excluded.subject_id ELSE known.subject_id END,
            claimed_at = CASE WHEN known.expires_at <= $5 THEN excluded.claimed_at ELSE known.claimed_at END,
            expires_at = CASE WHEN known.expires_at <= $5 THEN excluded.expires_at ELSE known.expires_at END,
            admitted   = CASE WHEN known.expires_at <= $5 THEN excluded.admitted
                              WHEN known.subject_id = excluded.subject_id THEN known.admitted OR excluded.admitted
                              ELSE known.admitted END
        RETURNING key, digest, subject_id, claimed_at, expires_at, admitted
        """;

    private final DatabaseClient database;

    ClaimStore(DatabaseClient database) {
        this.database = database;
    }

    /** The claim that holds for this caller and key: this one if it is the first, otherwise the one before. */
    Mono<Claim> claim(String caller, Claim claim) {
        return database.sql(CLAIM)
                .bind(0, caller)
                .bind(1, claim.key())
                .bind(2, claim.digest())
                .bind(3, claim.subjectId())
                .bind(4, claim.claimedAt())
                .bind(5, claim.expiresAt())
                .bind(6, claim.admitted())
                .map(ClaimStore::read)
                .one()
                .timeout(LIMIT);
    }

    private static Claim read(Readable row) {
        return new Claim(
                required(row, "key", String.class),
                required(row, "digest", String.class),
                required(row, "subject_id", UUID.class),
                required(row, "claimed_at", Instant.class),
                required(row, "expires_at", Instant.class),
                required(row, "admitted", Boolean.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
