package io.vmrestore.gateway.jobs;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that puts a restore to work.
 *
 * @param executionId of a request to execute; null of a request for a plan
 */
public record AcceptedRequest(UUID jobId, @Nullable UUID executionId, String projectId) {

    /** Tells it from every other request. */
    public UUID id() {
        return executionId == null ? jobId : executionId;
    }
}
