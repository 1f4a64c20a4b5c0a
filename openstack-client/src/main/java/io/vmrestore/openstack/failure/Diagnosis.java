package io.vmrestore.openstack.failure;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.connection.ConnectionFault;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Finds the kind of fault of a failed request, by which {@link CallFault} words what to do about it. */
final class Diagnosis {
    private Diagnosis() {}

    static CallFault of(CloudException failed) {
        return switch (failed) {
            case CloudException.NotFound missing -> missing.ofResource() ? CallFault.NOT_FOUND : CallFault.NO_SUCH_PATH;
            case CloudException.Conflict conflict -> of(conflict);
            case CloudException.QuotaExceeded _ -> CallFault.QUOTA;
            case CloudException.Unauthorized _ -> CallFault.NOT_AUTHENTICATED;
            case CloudException.Forbidden _ -> CallFault.POLICY;
            case CloudException.Invalid _ -> CallFault.INVALID;
            case CloudException.RateLimited _ -> CallFault.RATE_LIMIT;
            case CloudException.Unavailable unavailable -> of(unavailable);
            case CloudException.Misconfigured misconfigured -> misconfigured.kind();
        };
    }

    private static CallFault of(CloudException.Conflict conflict) {
        if (conflict.macTaken()) {
            return CallFault.MAC_TAKEN;
        }
        if (conflict.addressTaken()) {
            return CallFault.ADDRESS_TAKEN;
        }
        return switch (FailureClass.of(conflict)) {
            case PASSING_STATE -> CallFault.ON_ITS_WAY;
            case OUTAGE, REFUSAL ->
                conflict.cloudMessage().contains("is locked") ? CallFault.LOCKED : CallFault.CONFLICT;
        };
    }

    private static CallFault of(CloudException.Unavailable unavailable) {
        int status = unavailable.call().status();
        return status == 0 ? unanswered(unavailable.getCause()) : CallFault.ofStatus(status);
    }

    private static CallFault unanswered(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> CallFault.UNREADABLE_ANSWER;
            case TimeoutException _ -> CallFault.NO_ANSWER_IN_TIME;
            case InterruptedException _ -> CallFault.GIVEN_UP;
            default -> ConnectionFault.of(cause, "").kind();
        };
    }
}
