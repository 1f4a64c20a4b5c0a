package io.vmrestore.common.contract;

import org.jspecify.annotations.Nullable;

/**
 * Why planning or a step failed, in words for the operator.
 *
 * @param message what happened and what to do; carries the cloud's own message where there is one, and never a secret
 * @param service the OpenStack service that refused or failed: identity, compute, volume or network
 * @param httpStatus the service's HTTP status
 * @param requestId by which the services' log lines are found: the refusing service's own id or, where nobody refused a
 *     call, the one that the attempt sent to all of them; for a server whose build failed, the one sent with its
 *     creation
 */
public record Failure(
        FailureKind kind,
        String message,
        @Nullable String service,
        @Nullable Integer httpStatus,
        @Nullable String requestId) {

    public static Failure of(FailureKind kind, String message) {
        return new Failure(kind, message, null, null, null);
    }

    /** The same with this request id, unless it has one. */
    public Failure orRequestId(String sent) {
        return requestId == null ? new Failure(kind, message, service, httpStatus, sent) : this;
    }
}
