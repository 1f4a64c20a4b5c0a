package io.vmrestore.status.store;

import io.vmrestore.common.contract.JobStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The little of a restore that decides whether somebody has waited long enough.
 *
 * @param projectId whose it is
 */
public record Standing(
        String projectId,
        JobStatus status,
        long version,
        @Nullable UUID executionId,
        @Nullable UUID refusedExecutionId) {}
