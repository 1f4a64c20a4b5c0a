package io.vmrestore.status.store;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which restores to list; null leaves a field open.
 *
 * @param createdAfter the earliest creation time
 * @param createdBefore the first creation time that is too late
 */
public record JobFilter(
        @Nullable JobStatus status,
        @Nullable String vmId,
        @Nullable String projectId,
        @Nullable RestoreMode mode,
        @Nullable String requestedBy,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore) {

    /** A condition and its one value, {@code $%d} being the value's place. */
    record Condition(String sql, Object value) {}

    List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        add(conditions, "j.status = $%d", status == null ? null : status.name());
        add(conditions, "j.vm_id = $%d", key(vmId));
        add(conditions, "j.tenant_id = $%d", key(projectId));
        add(conditions, "j.mode = $%d", mode == null ? null : mode.name());
        add(conditions, "j.requested_by = $%d", key(requestedBy));
        add(conditions, "j.created_at >= $%d", time(createdAfter));
        add(conditions, "j.created_at < $%d", time(createdBefore));
        return conditions;
    }

    /** As it is stored, so that what was asked for is found. */
    private static @Nullable String key(@Nullable String value) {
        return value == null ? null : StoredValue.key(value);
    }

    private static @Nullable Instant time(@Nullable Instant value) {
        return value == null ? null : StoredValue.time(value);
    }

    private static void add(List<Condition> conditions, String sql, @Nullable Object value) {
        if (value != null) {
            conditions.add(new Condition(sql, value));
        }
    }
}
