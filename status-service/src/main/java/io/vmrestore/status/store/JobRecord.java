package io.vmrestore.status.store;

import io.vmrestore.common.contract.Readiness;
import io.vmrestore.common.lifecycle.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A restore as readers see it.
 *
 * @param state without plan and steps in lists
 * @param projectName null until there is a plan
 * @param vmName null until there is a plan
 * @param restoredVmName the name that the plan gives; null until there is a plan
 * @param readiness whether the plan can be taken for what it promises; null until there is a plan, and in rows of an
 *     older status-service
 * @param unreadableEvents how many of its events have no rows
 */
public record JobRecord(
        JobState state,
        @Nullable String projectName,
        @Nullable String vmName,
        @Nullable String restoredVmName,
        @Nullable Readiness readiness,
        int unreadableEvents,
        Progress progress) {

    /** The project that it belongs to. */
    public String projectId() {
        return state.request().projectId();
    }
}
