package io.vmrestore.executor.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepFailureTest {

    @Test
    void carries_service_status_message_and_request_id() {
        FailedCall call =
                new FailedCall("volumev3", "POST", "/v3/p/volumes", 400, "Invalid input", "req-ours", "req-theirs");

        assertThat(StepFailure.of(new CloudException.Invalid(call, null)).failure())
                .isEqualTo(new Failure(
                        FailureKind.CLOUD_REFUSED,
                        "The volume service refused: Invalid input (POST /v3/p/volumes, HTTP 400, request req-theirs)."
                                + " Another attempt would be refused the same way: correct what the service names, then"
                                + " make a new plan",
                        "volume",
                        400,
                        "req-theirs"));
    }

    @Test
    void without_an_answer_our_request_id_is_what_there_is() {
        StepFailure failure = StepFailure.of(new CloudException.Unavailable(
                new FailedCall("compute", "POST", "/servers", 0, "no connection to nova:8774", "req-ours", null),
                true,
                null,
                new ConnectException()));

        assertThat(failure.failure())
                .isEqualTo(new Failure(
                        FailureKind.CLOUD_UNAVAILABLE,
                        "The compute service is not available (no connection to nova:8774; POST /servers, request"
                                + " req-ours). Check that the service runs and listens there, and that no firewall or"
                                + " proxy refuses the connection",
                        "compute",
                        null,
                        "req-ours"));
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void what_may_pass_is_tried_again_and_what_is_refused_is_not() {
        assertThat(StepFailure.of(new CloudException.Unavailable(call(503), false, null, null)))
                .matches(StepFailure::retryable)
                .matches(failure -> failure.failure().kind() == FailureKind.CLOUD_UNAVAILABLE);
        assertThat(StepFailure.of(new CloudException.RateLimited(call(429), Duration.ofSeconds(1))))
                .matches(StepFailure::retryable);
        assertThat(StepFailure.of(new CloudException.Conflict(call(409), "PortInUse")))
                .matches(StepFailure::retryable);
        assertThat(StepFailure.of(new CloudException.Conflict(call(409), null)))
                .as("of no state that passes")
                .matches(failure -> !failure.retryable());
        assertThat(StepFailure.of(new CloudException.QuotaExceeded(call(413))))
                .matches(failure -> !failure.retryable())
                .matches(failure -> failure.failure().kind() == FailureKind.QUOTA_EXCEEDED);
        assertThat(StepFailure.of(new CloudException.Forbidden(call(403)))).matches(failure -> !failure.retryable());
        assertThat(StepFailure.of(new CloudException.NotFound(call(404)))).matches(failure -> !failure.retryable());
        assertThat(StepFailure.of(new CloudException.Unauthorized(call(401)))).matches(failure -> !failure.retryable());
    }

    private static FailedCall call(int status) {
        return new FailedCall("compute", "POST", "/servers", status, "no", "req-1", "req-2");
    }
}
