package io.vmrestore.gateway.requests;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that puts a restore to work.
 *
 * @param executionId of a request to execute; null of a request for a plan
 * @param projectId null while only the status service knows it
 */
record AcceptedRequest(
        UUID jobId, @Nullable UUID executionId, @Nullable String projectId) {
    /** Tells it from every other request. */
    UUID id() {
        return executionId == null ? jobId : executionId;
    }
}
