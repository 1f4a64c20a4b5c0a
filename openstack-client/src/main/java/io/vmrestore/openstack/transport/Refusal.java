package io.vmrestore.openstack.transport;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the kind of an error answer from its status, its body and the service that gave it. */
final class Refusal {

    /** Nova's 403s that are quota; every other 403 is policy. */
    private static final Pattern NOVA_QUOTA =
            Pattern.compile("quota exceeded|^maximum number of .* exceed", Pattern.CASE_INSENSITIVE);

    private Refusal() {}

    static CloudException of(Answer answer, Call call) {
        if (answer.getStatus() < 400) {
            return Redirects.refusal(answer, call);
        }
        Outgoing request = answer.request();
        ErrorText text = ErrorText.of(answer.body());
        FailedCall failed = call.failed(
                request.method(), request.path(), answer.getStatus(), text.message(), answer.cloudRequestId());
        Duration retryAfter =
                retryAfter(answer.header("Retry-After"), call.transport().time());
        return switch (answer.getStatus()) {
            case 401 -> new CloudException.Unauthorized(failed);
            case 403 ->
                call.service() == Service.COMPUTE
                                && NOVA_QUOTA.matcher(text.message()).find()
                        ? new CloudException.QuotaExceeded(failed)
                        : new CloudException.Forbidden(failed);
            case 404 -> NotFoundAnswer.refusal(answer, call, text, failed);
            case 406 -> new CloudException.Misconfigured(failed, CallFault.API_VERSION);
            case 409, 412 ->
                "OverQuota".equals(text.type())
                        ? new CloudException.QuotaExceeded(failed)
                        : new CloudException.Conflict(failed, text.type());
            case 413 -> tooLarge(failed, text, retryAfter);
            case 429 -> new CloudException.RateLimited(failed, retryAfter);
            default -> byClass(answer, call, failed, text, retryAfter);
        };
    }

    /** Cinder says quota with a 413 whose Retry-After is 0; old rate limiters said a time. */
    private static CloudException tooLarge(FailedCall failed, ErrorText text, @Nullable Duration retryAfter) {
        if (retryAfter != null && retryAfter.isPositive()) {
            return new CloudException.RateLimited(failed, retryAfter);
        }
        return text.fault().startsWith("overLimit")
                ? new CloudException.QuotaExceeded(failed)
                : new CloudException.Invalid(failed, text.type());
    }

    private static CloudException byClass(
            Answer answer, Call call, FailedCall failed, ErrorText text, @Nullable Duration retryAfter) {
        if (answer.getStatus() >= 500) {
            boolean ambiguous = !call.mayRepeat(answer.request().method());
            return new CloudException.Unavailable(failed, ambiguous, retryAfter, null);
        }
        return new CloudException.Invalid(failed, text.type());
    }

    /** Seconds or an HTTP date (RFC 9110, 10.2.3); null if absent or neither. */
    static @Nullable Duration retryAfter(@Nullable String header, InstantSource clock) {
        if (header == null) {
            return null;
        }
        try {
            if (header.strip().matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(header.strip()));
            }
            Instant until = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(clock.instant(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
