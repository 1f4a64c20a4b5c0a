package io.vmrestore.survey;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Says a refused or unanswered request to the cloud in the words of the contract: what happened, the answer, the call,
 * the request id and what to do, whoever tells it.
 */
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
                requestId(call));
    }

    /** The service's name as the contract has it: Cinder's catalog type carries a version. */
    public static String service(FailedCall call) {
        return call.service().startsWith("volume") ? "volume" : call.service();
    }

    /** Answer, call, request id and what to do, to end a sentence with; for what means more than its kind says. */
    public static String told(CloudException refused) {
        return refused.cloudMessage() + " (" + call(refused.call()) + "). " + refused.remedy();
    }

    private static FailureKind kind(CloudException refused) {
        return switch (refused) {
            case CloudException.Unauthorized _, CloudException.Forbidden _ -> FailureKind.PROJECT_NOT_ACCESSIBLE;
            // A catalog, an API version or a redirect is no matter of the project.
            case CloudException.Misconfigured misfit ->
                misfit.fault() == CallFault.IDENTITIES ? FailureKind.PROJECT_NOT_ACCESSIBLE : FailureKind.CLOUD_REFUSED;
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
        return switch (refused) {
            case CloudException.Unauthorized _ ->
                "The " + service + " service does not accept the configured identity: " + told(refused);
            case CloudException.Forbidden _ ->
                "The " + service + " service does not let the configured identity do this: " + told(refused);
            case CloudException.Misconfigured misfit ->
                misfit.fault() == CallFault.IDENTITIES
                        ? told(refused)
                        : "The " + service + " service cannot be used: " + told(refused);
            case CloudException.RateLimited _ -> "The " + service + " service asks to slow down: " + told(refused);
            case CloudException.Unavailable unavailable ->
                "The " + service + " service "
                        + (timedOut(unavailable) ? "did not answer in time" : "is not available") + " ("
                        + refused.cloudMessage() + "; " + call(refused.call()) + "). " + refused.remedy();
            case CloudException.QuotaExceeded _,
                    CloudException.Conflict _,
                    CloudException.NotFound _,
                    CloudException.Invalid _ -> "The " + service + " service refused: " + told(refused);
        };
    }

    private static String call(FailedCall call) {
        return call.method() + " " + call.path() + (call.status() == 0 ? "" : ", HTTP " + call.status()) + ", request "
                + requestId(call);
    }

    /** The id under which the service logged it; where there is none, the one that was sent. */
    private static String requestId(FailedCall call) {
        return call.cloudRequestId() == null ? call.requestId() : call.cloudRequestId();
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
