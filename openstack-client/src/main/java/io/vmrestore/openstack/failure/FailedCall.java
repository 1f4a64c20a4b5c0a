package io.vmrestore.openstack.failure;

import io.vmrestore.common.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request that failed, without any secret: neither token nor body nor query is kept.
 *
 * @param service the service by its catalog type: {@code identity}, {@code compute}, {@code volumev3}, {@code network}
 * @param method the HTTP method
 * @param path the path without the query
 * @param status the HTTP status; 0 if there was no answer
 * @param message the cloud's own words, or what went wrong before it could say any
 * @param requestId the id that we sent ({@code req-<uuid>})
 * @param cloudRequestId the id under which the service logged the request; null if it gave none
 */
public record FailedCall(
        String service,
        String method,
        String path,
        int status,
        String message,
        String requestId,
        @Nullable String cloudRequestId) {

    /** What others have written stands in logs, events and pages: what misleads a reader is escaped. */
    public FailedCall {
        path = ForeignText.inSentence(path);
        message = ForeignText.inSentence(message);
        cloudRequestId = cloudRequestId == null ? null : ForeignText.inSentence(cloudRequestId);
    }

    /** All of it in one line: the message, and in parentheses call, status and ids. */
    public String describe() {
        StringBuilder text = new StringBuilder(service).append(": ").append(message);
        text.append(" (").append(method).append(' ').append(path);
        if (status != 0) {
            text.append(", HTTP ").append(status);
        }
        text.append(", sent as ").append(requestId);
        if (cloudRequestId != null) {
            text.append(", answered as ").append(cloudRequestId);
        }
        return text.append(')').toString();
    }
}
