package io.vmrestore.status.store;

import io.vmrestore.common.lifecycle.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A restore as readers see it.
 *
 * @param state without plan and steps in lists
 * @param projectName null until there is a plan
 * @param vmName null until there is a plan
 * @param restoredVmName the name that the plan gives; null until there is a plan
 */
public record JobRecord(
        JobState state,
        @Nullable String projectName,
        @Nullable String vmName,
        @Nullable String restoredVmName,
        Progress progress) {}
