package io.vmrestore.status.requests;

import io.r2dbc.spi.Readable;
import io.vmrestore.status.store.StoredValue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts the restores that are at work: being planned or executed. A plan that nobody executes is none. */
@Component
class ActiveJobs {
    /** Beyond it the database does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    // One statement is of one moment. Its work grows with the restores at work only, which an index finds.
    private static final String SQL = """
        SELECT count(*) AS total, count(*) FILTER (WHERE tenant_id = $1) AS in_project,
               ARRAY(SELECT coalesce(accepted.execution_id, accepted.job_id)
                     FROM unnest($2::uuid[], $3::uuid[]) AS accepted(job_id, execution_id)
                     JOIN restore_jobs j ON j.id = accepted.job_id
                     WHERE accepted.execution_id IS NULL
                        OR j.status NOT IN ('PLANNING', 'PLANNED')
                        OR j.refused_execution_id = accepted.execution_id) AS shown
        FROM restore_jobs WHERE status IN ('PLANNING', 'PENDING', 'RUNNING')
        """;

    private final DatabaseClient database;

    ActiveJobs(DatabaseClient database) {
        this.database = database;
    }

    /**
     * A request that was accepted a moment ago and that the tables may not show yet.
     *
     * @param executionId of a request to execute; null of a request for a plan
     */
    record Accepted(UUID jobId, @Nullable UUID executionId) {}

    /**
     * How many restores are at work.
     *
     * @param inProject those of the project that was asked about
     * @param shown accepted requests that the tables show, so that they are counted or are over: the id of the
     *     execution, for a plan that of the job
     */
    record Counts(long total, long inProject, Set<UUID> shown) {}

    /** Counts, and tells which of these requests the counts contain. */
    Mono<Counts> count(String projectId, List<Accepted> accepted) {
        return database.sql(SQL)
                .bind(0, StoredValue.key(projectId))
                .bind(1, accepted.stream().map(Accepted::jobId).toArray(UUID[]::new))
                .bind(2, accepted.stream().map(Accepted::executionId).toArray(UUID[]::new))
                .map(ActiveJobs::read)
                .one()
                .timeout(LIMIT);
    }

    private static Counts read(Readable row) {
        return new Counts(
                ClaimStore.required(row, "total", Long.class),
                ClaimStore.required(row, "in_project", Long.class),
                Set.copyOf(List.of(ClaimStore.required(row, "shown", UUID[].class))));
    }
}
