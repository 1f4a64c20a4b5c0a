package io.vmrestore.openstack.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.connection.CallFault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be done about each kind of failure. */
class FailureClassTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 502, 503, 504, 507, 520, 522})
    void no_answer_of_the_service_is_an_outage(int status) {
        assertThat(FailureClass.of(new CloudException.Unavailable(call(status, "no"), true, null, null)))
                .isEqualTo(FailureClass.OUTAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 505})
    void what_the_service_cannot_do_at_all_stays(int status) {
        assertThat(FailureClass.of(new CloudException.Unavailable(call(status, "no"), false, null, null)))
                .isEqualTo(FailureClass.REFUSAL);
    }

    @Test
    void too_many_requests_are_an_outage() {
        assertThat(FailureClass.of(new CloudException.RateLimited(call(429, "slow down"), Duration.ofSeconds(3))))
                .isEqualTo(FailureClass.OUTAGE);
        assertThat(FailureClass.of(new CloudException.RateLimited(call(429, "slow down"), null)))
                .isEqualTo(FailureClass.OUTAGE);
    }

    @Test
    void an_answer_that_refuses_stays() {
        assertThat(FailureClass.of(new CloudException.Invalid(call(400, "no"), null)))
                .isEqualTo(FailureClass.REFUSAL);
        assertThat(FailureClass.of(new CloudException.Unauthorized(call(401, "no"))))
                .isEqualTo(FailureClass.REFUSAL);
        assertThat(FailureClass.of(new CloudException.Forbidden(call(403, "no"))))
                .isEqualTo(FailureClass.REFUSAL);
        assertThat(FailureClass.of(new CloudException.NotFound(call(404, "no"))))
                .isEqualTo(FailureClass.REFUSAL);
        assertThat(FailureClass.of(new CloudException.QuotaExceeded(call(413, "no"))))
                .isEqualTo(FailureClass.REFUSAL);
        assertThat(FailureClass.of(new CloudException.Misconfigured(call(200, "no"), CallFault.CATALOG)))
                .isEqualTo(FailureClass.REFUSAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot 'stop' instance 51ec8288 while it is in task_state deleting",
                "Cannot 'delete' instance 51ec8288 while it is in vm_state building",
                "Conflict updating instance 51ec8288. Expected: {'task_state': [None]}. Actual: {'task_state':"
                        + " 'spawning'}",
                "Port a93e6ee5-078a-4f80-a0a2-3f9dbf7e3441 is still in use.",
                "Invalid volume: Volume 77 status must be available or error, but current status is: detaching."
            })
    void a_conflict_with_what_is_on_its_way_passes(String said) {
        assertThat(conflict(said, null)).isEqualTo(FailureClass.PASSING_STATE);
    }

    @Test
    void a_port_that_its_server_has_not_let_go_passes() {
        assertThat(conflict("Unable to complete operation on port 1 for network 2.", "PortInUse"))
                .isEqualTo(FailureClass.PASSING_STATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Instance 51ec8288-d23c-4189-b818-c60b256deeb0 is locked",
                "Cannot 'stop' instance 51ec8288 while it is in vm_state stopped",
                "Key pair 'seed-a-key' already exists.",
                "Multiple possible networks found, use a Network ID to be more specific.",
                "Security Group 714b5d57 in use.",
                "no"
            })
    void any_other_conflict_stays(String said) {
        assertThat(conflict(said, null)).isEqualTo(FailureClass.REFUSAL);
    }

    @Test
    void whether_the_holder_of_an_address_is_leaving_is_for_the_step_to_know() {
        assertThat(conflict("IP address 10.10.0.60 already allocated in subnet 5a", "IpAddressAlreadyAllocated"))
                .isEqualTo(FailureClass.REFUSAL);
        assertThat(conflict("The mac address fa:16:3e:aa:bb:01 is in use.", "MacAddressInUse"))
                .isEqualTo(FailureClass.REFUSAL);
    }

    private static FailureClass conflict(String said, @Nullable String type) {
        return FailureClass.of(new CloudException.Conflict(call(409, said), type));
    }

    private static FailedCall call(int status, String said) {
        return new FailedCall("compute", "POST", "/servers", status, said, "req-1", null);
    }
}
