package io.vmrestore.status.requests;

import io.r2dbc.spi.Readable;
import io.vmrestore.status.store.StoredValue;
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

    /** Removes on the way a few claims that have expired; those that others are removing are left to them. */
    static final String EXPIRED = """
        expired AS (
            SELECT caller, key FROM request_claims
            WHERE expires_at <= $5 AND (caller, key) <> ($1, $2) AND $2 <> ''
            ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED),
        removed AS (
            DELETE FROM request_claims claim USING expired
            WHERE claim.caller = expired.caller AND claim.key = expired.key)
        """;

    private static final String CLAIM = "WITH " + EXPIRED + insert("VALUES ($1, $2, $3, $4, $5, $6, $7)", "subject_id");

    /**
     * One statement, so that of two who claim the same key at once the second sees the first.
     *
     * @param row what is claimed, in the order of the columns
     * @param same the column by which whoever admits a claim shows to mean the same one
     */
    static String insert(String row, String same) {
        return """
            INSERT INTO request_claims AS known (caller, key, digest, subject_id, claimed_at, expires_at, admitted)
            %1$s
            ON CONFLICT (caller, key) DO UPDATE SET
                digest     = CASE WHEN known.expires_at <= $5 THEN excluded.digest ELSE known.digest END,
                subject_id = CASE WHEN known.expires_at <= $5 THEN excluded.subject_id ELSE known.subject_id END,
                claimed_at = CASE WHEN known.expires_at <= $5 THEN excluded.claimed_at ELSE known.claimed_at END,
                expires_at = CASE WHEN known.expires_at <= $5 THEN excluded.expires_at ELSE known.expires_at END,
                admitted   = CASE WHEN known.expires_at <= $5 THEN excluded.admitted
                                  WHEN known.%2$s = excluded.%2$s THEN known.admitted OR excluded.admitted
                                  ELSE known.admitted END
            RETURNING key, digest, subject_id, claimed_at, expires_at, admitted
            """.formatted(row, same);
    }

    private final DatabaseClient database;

    ClaimStore(DatabaseClient database) {
        this.database = database;
    }

    /**
     * The claim that holds for this {@link KeyOwner} and key: this one if it is the first, otherwise the one before.
     */
    Mono<Claim> claim(String caller, Claim claim) {
        return database.sql(CLAIM)
                .bind(0, StoredValue.key(caller))
                .bind(1, StoredValue.key(claim.key()))
                .bind(2, claim.digest())
                .bind(3, claim.subjectId())
                .bind(4, StoredValue.time(claim.claimedAt()))
                .bind(5, StoredValue.time(claim.expiresAt()))
                .bind(6, claim.admitted())
                .map(row -> read(row, "", claim.key()))
                .one()
                .timeout(LIMIT);
    }

    /** @param prefix of the columns' names */
    static Claim read(Readable row, String prefix, String key) {
        return new Claim(
                key,
                required(row, prefix + "digest", String.class),
                required(row, prefix + "subject_id", UUID.class),
                required(row, prefix + "claimed_at", Instant.class),
                required(row, prefix + "expires_at", Instant.class),
                required(row, prefix + "admitted", Boolean.class));
    }

    static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
