package io.vmrestore.status.store;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.lifecycle.StepState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code restore_job_steps}. */
final class StepTable {

    private static final List<Column> COLUMNS = List.of(
            Column.of("job_id", "uuid", "/job_id"),
            Column.of("step_order", "int", "/plan/step_order"),
            Column.of("action", "text", "/plan/action"),
            Column.of("status", "text", "/status"),
            Column.of("detail_json", "jsonb", "/detail"),
            Column.of("started_at", "timestamptz", "/started_at"),
            Column.of("completed_at", "timestamptz", "/completed_at"),
            Column.of("version", "bigint", "/version"),
            Column.of("depends_on", "int[]", "/plan/depends_on"),
            Column.of("nic", "int", "/plan/nic"),
            Column.of("undoes", "int", "/plan/undoes"),
            Column.of("max_attempts", "int", "/plan/max_attempts"),
            Column.of("timeout_seconds", "bigint", "/plan/timeout_seconds"),
            Column.of("attempt", "int", "/attempt"),
            Column.of("not_before", "timestamptz", "/not_before"),
            Column.of("request_id", "text", "/request_id"),
            Column.of("resources", "jsonb", "/resources"),
            Column.of("error", "jsonb", "/error"),
            Column.of("waiting_for", "jsonb", "/waiting_for"));

    static final Upsert UPSERT = Upsert.withSerial("restore_job_steps", List.of("job_id", "step_order"), COLUMNS);

    /** A value for the list of a SELECT from {@code restore_jobs j}: all steps of the job, in the same snapshot. */
    static final String STEPS_OF_JOB =
            "(SELECT json_agg(s ORDER BY s.step_order) FROM restore_job_steps s WHERE s.job_id = j.id) AS steps";

    private StepTable() {}

    /**
     * What the row of a step holds.
     *
     * @param version of its restore with which it changed
     */
    static ObjectNode document(UUID jobId, long version, StepState step) {
        return StoredJson.object(step).put("job_id", jobId.toString()).put("version", version);
    }

    /** The steps as they stand in the JSON of their restore. */
    static ArrayNode read(@Nullable String steps) {
        ArrayNode documents = Json.MAPPER.createArrayNode();
        if (steps != null) {
            Json.MAPPER.readTree(steps).forEach(row -> documents.add(Column.document(COLUMNS, row)));
        }
        return documents;
    }
}
