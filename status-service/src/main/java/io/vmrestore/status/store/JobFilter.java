package io.vmrestore.status.store;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.support.access.Reach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which restores to list; null leaves a field open.
 *
 * @param statuses of which any will do; empty: every status
 * @param createdAfter the earliest creation time
 * @param createdBefore the first creation time that is too late
 * @param projects those that may be shown at all; null: every one
 */
public record JobFilter(
        Set<JobStatus> statuses,
        @Nullable String vmId,
        @Nullable String projectId,
        @Nullable RestoreMode mode,
        @Nullable String requestedBy,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        @Nullable Set<String> projects) {

    /** Keeps its own copy. */
    public JobFilter {
        statuses = Set.copyOf(statuses);
        projects = projects == null ? null : Set.copyOf(projects);
    }

    /** A filter that shows every project. */
    public JobFilter(
            Set<JobStatus> statuses,
            @Nullable String vmId,
            @Nullable String projectId,
            @Nullable RestoreMode mode,
            @Nullable String requestedBy,
            @Nullable Instant createdAfter,
            @Nullable Instant createdBefore) {
        this(statuses, vmId, projectId, mode, requestedBy, createdAfter, createdBefore, null);
    }

    /** The same among what somebody sees; empty if that is nothing. */
    Optional<JobFilter> within(Reach reach) {
        if (reach.seesAll()) {
            return Optional.of(this);
        }
        if (projectId != null) {
            return Optional.of(this).filter(_ -> reach.sees(projectId));
        }
        Set<String> seen =
                reach.projects().keySet().stream().filter(reach::sees).collect(Collectors.toUnmodifiableSet());
        return seen.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new JobFilter(statuses, vmId, null, mode, requestedBy, createdAfter, createdBefore, seen));
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
        // A single one has an index that keeps the order, a set has not.
        if (projects != null && projects.size() == 1) {
            add(conditions, "j.tenant_id = $%d", key(projects.iterator().next()));
        } else if (projects != null) {
            add(
                    conditions,
                    "j.tenant_id = ANY($%d)",
                    projects.stream().map(StoredValue::key).toArray(String[]::new));
        }
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
