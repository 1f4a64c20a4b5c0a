package io.vmrestore.status.store;

import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reads whole states of restores for the fold to go on from. */
@Component
public class JobStore {
    private static final String SELECT = "SELECT " + JobTable.ROW + ", j.plan_json, " + StepTable.STEPS_OF_JOB
            + " FROM restore_jobs j WHERE j.id = ANY($1)";

    private final DatabaseClient database;

    public JobStore(DatabaseClient database) {
        this.database = database;
    }

    /** The restores among {@code ids} that the tables have, each as it was at one moment, by id. */
    public Mono<Map<UUID, StoredJob>> load(Collection<UUID> ids) {
        Flux<StoredJob> jobs = database.sql(SELECT)
                .bind(0, ids.toArray(UUID[]::new))
                .map(JobStore::read)
                .all();
        return jobs.collectMap(job -> job.state().jobId());
    }

    /** A row that this program cannot read keeps the events of its own restore from being folded, and no others. */
    private static StoredJob read(Readable row) {
        try {
            return readable(row);
        } catch (RuntimeException unreadable) {
            throw new UnstorableException("The restore's own row cannot be read", unreadable);
        }
    }

    private static StoredJob readable(Readable row) {
        JsonNode columns = JobTable.columns(row);
        return new StoredJob(
                JobTable.read(columns, row.get("plan_json", String.class), row.get("steps", String.class)),
                new LogPosition(
                        columns.path("log_partition").asInt(),
                        columns.path("log_offset").asLong()));
    }
}
