package io.vmrestore.survey;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Says a refused or unanswered request to the cloud in the words of the contract. */
public final class CloudFailures {
    private static final int GATEWAY_TIMEOUT = 504;

    private CloudFailures() {}

    /** The failure with the service's own message, status and request id. */
    public static Failure of(CloudException refused) {
        FailedCall call = refused.call();
        return new Failure(
                kind(refused),
                message(refused),
                service(call),
                call.status() == 0 ? null : call.status(),
                call.cloudRequestId() == null ? call.requestId() : call.cloudRequestId());
    }

    /** The service's name as the contract has it: Cinder's catalog type carries a version. */
    public static String service(FailedCall call) {
        return call.service().startsWith("volume") ? "volume" : call.service();
    }

    private static FailureKind kind(CloudException refused) {
        return switch (refused) {
            case CloudException.Unauthorized _, CloudException.Forbidden _, CloudException.Misconfigured _ ->
                FailureKind.PROJECT_NOT_ACCESSIBLE;
            case CloudException.QuotaExceeded _ -> FailureKind.QUOTA_EXCEEDED;
            case CloudException.Conflict conflict ->
                conflict.addressTaken() ? FailureKind.ADDRESS_NOT_AVAILABLE : FailureKind.CLOUD_REFUSED;
            case CloudException.NotFound _, CloudException.Invalid _ -> FailureKind.CLOUD_REFUSED;
            case CloudException.RateLimited _ -> FailureKind.CLOUD_UNAVAILABLE;
            case CloudException.Unavailable unavailable ->
                timedOut(unavailable) ? FailureKind.CLOUD_TIMEOUT : FailureKind.CLOUD_UNAVAILABLE;
        };
    }

    private static String message(CloudException refused) {
        String service = service(refused.call());
        String said = refused.cloudMessage();
        return switch (refused) {
            case CloudException.Unauthorized _ ->
                "The " + service + " service does not accept the configured identity (" + said
                        + "). Check OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME, and SNAPSHOT_SERVICE_USER_EMAIL and"
                        + " SNAPSHOT_SERVICE_USER_PASSWORD; the service user needs the admin role in the project";
            case CloudException.Forbidden _ ->
                "The " + service + " service does not let the configured identity do this (" + said
                        + "). Give the service user (SNAPSHOT_SERVICE_USER_EMAIL) the admin role in the project";
            case CloudException.Misconfigured _ -> said;
            case CloudException.RateLimited _ ->
                "The " + service + " service asks to slow down (" + said + "). Try again later";
            case CloudException.Unavailable unavailable ->
                timedOut(unavailable)
                        ? "The " + service + " service did not answer in time (" + said + ")"
                        : "The " + service + " service is not available (" + said + ")";
            case CloudException.QuotaExceeded _,
                    CloudException.Conflict _,
                    CloudException.NotFound _,
                    CloudException.Invalid _ -> "The " + service + " service refused: " + said;
        };
    }

    private static boolean timedOut(CloudException.Unavailable unavailable) {
        if (unavailable.call().status() == GATEWAY_TIMEOUT) {
            return true;
        }
        @Nullable Throwable cause = unavailable.getCause();
        while (cause != null) {
            if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
