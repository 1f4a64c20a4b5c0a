package io.vmrestore.status.store;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which restores to list; null leaves a field open.
 *
 * @param statuses of which any will do; empty: every status
 * @param createdAfter the earliest creation time
 * @param createdBefore the first creation time that is too late
 */
public record JobFilter(
        Set<JobStatus> statuses,
        @Nullable String vmId,
        @Nullable String projectId,
        @Nullable RestoreMode mode,
        @Nullable String requestedBy,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore) {

    /** Keeps its own copy. */
    public JobFilter {
        statuses = Set.copyOf(statuses);
    }

    /** A condition and its one value, {@code $%d} being the value's place. */
    record Condition(String sql, Object value) {}

    List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        if (statuses.size() == 1) {
            // In this form the index has the rows of one status in the order of the list.
            add(conditions, "j.status = $%d", statuses.iterator().next().name());
        } else if (!statuses.isEmpty()) {
            add(
                    conditions,
                    "j.status = ANY($%d)",
                    statuses.stream().map(Enum::name).sorted().toArray(String[]::new));
        }
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
