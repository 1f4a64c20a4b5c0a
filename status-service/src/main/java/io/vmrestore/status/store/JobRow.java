package io.vmrestore.status.store;

import io.r2dbc.spi.Readable;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what {@link JobTable} has written. */
final class JobRow {
    private JobRow() {}

    /**
     * Reads a row.
     *
     * @param plan null also where the plan was not selected
     */
    static JobState read(Readable row, @Nullable Plan plan, List<StepState> steps) {
        Outcome outcome = Outcome.read(row.get("result_json", String.class));
        return new JobState(
                required(row, "id", UUID.class),
                required(row, "vm_id", String.class),
                required(row, "version", Long.class),
                JobStatus.valueOf(required(row, "status", String.class)),
                new JobState.Request(
                        required(row, "tenant_id", String.class),
                        required(row, "snapshot_id", String.class),
                        RestoreMode.valueOf(required(row, "mode", String.class)),
                        row.get("new_vm_name", String.class),
                        IpStrategy.valueOf(required(row, "ip_strategy", String.class)),
                        required(row, "requested_by", String.class)),
                plan,
                execution(row),
                refusal(row),
                cancellation(row),
                interruption(row),
                steps,
                required(row, "rolling_back", Boolean.class),
                document(row, "failure", Failure.class),
                outcome.result(),
                outcome.leftovers(),
                required(row, "created_at", Instant.class),
                row.get("started_at", Instant.class),
                row.get("completed_at", Instant.class),
                required(row, "last_heartbeat", Instant.class));
    }

    static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    static <T> @Nullable T document(Readable row, String column, Class<T> type) {
        String json = row.get(column, String.class);
        return json == null ? null : Json.MAPPER.readValue(json, type);
    }

    private static JobState.@Nullable Execution execution(Readable row) {
        UUID id = row.get("execution_id", UUID.class);
        return id == null
                ? null
                : new JobState.Execution(
                        id,
                        required(row, "executed_by", String.class),
                        required(row, "execution_requested_at", Instant.class));
    }

    private static JobState.@Nullable Refusal refusal(Readable row) {
        UUID id = row.get("refused_execution_id", UUID.class);
        return id == null ? null : new JobState.Refusal(id, required(row, "refusal_reason", String.class));
    }

    private static JobState.@Nullable Cancellation cancellation(Readable row) {
        Instant requestedAt = row.get("cancel_requested_at", Instant.class);
        return requestedAt == null
                ? null
                : new JobState.Cancellation(
                        required(row, "cancelled_by", String.class),
                        row.get("cancel_reason", String.class),
                        requestedAt);
    }

    private static JobState.@Nullable Interruption interruption(Readable row) {
        Instant at = row.get("interrupted_at", Instant.class);
        return at == null
                ? null
                : new JobState.Interruption(
                        required(row, "interrupted_by", String.class),
                        required(row, "interruption_reason", String.class),
                        at);
    }
}
