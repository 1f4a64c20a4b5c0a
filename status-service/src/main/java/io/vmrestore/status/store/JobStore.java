package io.vmrestore.status.store;

import io.vmrestore.common.contract.Plan;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads whole states of restores for the fold to go on from. */
@Component
public class JobStore {
    private static final String SELECT =
            "SELECT j.*, " + StepTable.STEPS_OF_JOB + " FROM restore_jobs j WHERE j.id = ANY($1)";

    private final DatabaseClient database;

    public JobStore(DatabaseClient database) {
        this.database = database;
    }

    /** The restores among {@code ids} that the tables have, each as it was at one moment, by id. */
    public Mono<Map<UUID, StoredJob>> load(Collection<UUID> ids) {
        Flux<StoredJob> jobs = database.sql(SELECT)
                .bind(0, ids.toArray(UUID[]::new))
                .map(row -> new StoredJob(
                        JobRow.read(
                                row,
                                JobRow.document(row, "plan_json", Plan.class),
                                StepTable.read(row.get("steps", String.class))),
                        new LogPosition(
                                JobRow.required(row, "log_partition", Integer.class),
                                JobRow.required(row, "log_offset", Long.class))))
                .all();
        return jobs.collectMap(job -> job.state().jobId());
    }
}
