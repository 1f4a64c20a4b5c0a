package io.vmrestore.status.rebuild;

import io.r2dbc.spi.Readable;
import io.vmrestore.status.store.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The table of runs. */
@Component
class RebuildStore {
    /** Beyond it the database does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** A run that says that it is at work is only if somebody holds the right to it. */
    private static final String NEWEST = """
        SELECT id, requested_by, started_at, ended_at, records, records_total, jobs, problem,
               CASE WHEN state = 'RUNNING' AND NOT EXISTS (
                   SELECT 1 FROM pg_locks
                   WHERE locktype = 'advisory' AND classid = 0 AND objid = %d AND granted
                     AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
               THEN 'ABANDONED' ELSE state END AS state
        FROM rebuilds ORDER BY started_at DESC, id LIMIT 1
        """.formatted(FreshTables.LOCK);

    private final DatabaseClient database;

    RebuildStore(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> begun(UUID id, String requestedBy, Instant at) {
        return database.sql("INSERT INTO rebuilds (id, requested_by, state, started_at, records, records_total)"
                        + " VALUES ($1, $2, 'RUNNING', $3, 0, 0)")
                .bind(0, id)
                .bind(1, StoredValue.text(requestedBy))
                .bind(2, at)
                .then()
                .timeout(LIMIT);
    }

    Mono<Void> progressed(UUID id, long records, long total) {
        return database.sql("UPDATE rebuilds SET records = $2, records_total = greatest($2, $3) WHERE id = $1")
                .bind(0, id)
                .bind(1, records)
                .bind(2, total)
                .then()
                .timeout(LIMIT);
    }

    /** Unless it has completed: then the new tables are in use, whatever went wrong afterwards. */
    Mono<Void> failed(UUID id, Instant at, String problem) {
        return database.sql("UPDATE rebuilds SET state = 'FAILED', ended_at = $2, problem = $3"
                        + " WHERE id = $1 AND state = 'RUNNING'")
                .bind(0, id)
                .bind(1, at)
                .bind(2, StoredValue.text(problem))
                .then()
                .timeout(LIMIT);
    }

    /** The run that began last; empty if there was none. */
    Mono<Rebuild> newest() {
        return database.sql(NEWEST).map(RebuildStore::read).one().timeout(LIMIT);
    }

    private static Rebuild read(Readable row) {
        return new Rebuild(
                required(row, "id", UUID.class),
                required(row, "requested_by", String.class),
                Rebuild.State.valueOf(required(row, "state", String.class)),
                required(row, "started_at", Instant.class),
                row.get("ended_at", Instant.class),
                required(row, "records", Long.class),
                required(row, "records_total", Long.class),
                row.get("jobs", Long.class),
                row.get("problem", String.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
