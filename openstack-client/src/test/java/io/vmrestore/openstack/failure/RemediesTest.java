package io.vmrestore.openstack.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.openstack.failure.CloudException.Conflict;
import io.vmrestore.openstack.failure.CloudException.Forbidden;
import io.vmrestore.openstack.failure.CloudException.Invalid;
import io.vmrestore.openstack.failure.CloudException.Misconfigured;
import io.vmrestore.openstack.failure.CloudException.NotFound;
import io.vmrestore.openstack.failure.CloudException.QuotaExceeded;
import io.vmrestore.openstack.failure.CloudException.RateLimited;
import io.vmrestore.openstack.failure.CloudException.Unauthorized;
import io.vmrestore.openstack.failure.CloudException.Unavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of failed call names service, call, answer, request id and what to do. */
class RemediesTest {

    static List<Arguments> failures() {
        return List.of(
                of(CallFault.HOST_UNKNOWN, unanswered(new UnknownHostException("nova")), "Check DNS"),
                of(CallFault.NO_CONNECTION, unanswered(new ConnectException("refused")), "runs and listens there"),
                of(
                        CallFault.NOT_REACHED_IN_TIME,
                        unanswered(new HttpConnectTimeoutException("late")),
                        "the host is up"),
                of(CallFault.TLS, unanswered(new SSLHandshakeException("no cipher")), "started again"),
                of(CallFault.NO_HTTP, unanswered(new ProtocolException("x")), "port and scheme"),
                of(CallFault.CONNECTION_BROKE, unanswered(new IOException("reset")), "log of the service"),
                of(CallFault.NO_ANSWER_IN_TIME, unanswered(new TimeoutException()), "what took so long"),
                of(CallFault.GIVEN_UP, unanswered(new InterruptedException()), "Nothing is to be done"),
                of(CallFault.UNREADABLE_ANSWER, unavailable(200), "login or error page"),
                of(CallFault.UNREADABLE_ANSWER, unanswered(null), "login or error page"),
                of(CallFault.FOREIGN_NOT_FOUND, unavailable(404), "proxy or load balancer"),
                of(CallFault.GATEWAY, unavailable(502), "does not reach it"),
                of(CallFault.GATEWAY, unavailable(504), "does not reach it"),
                of(CallFault.AWAY, unavailable(503), "database and message queue"),
                of(CallFault.SERVICE_FAULT, unavailable(500), "service's log under the request id"),
                of(CallFault.SERVICE_FAULT, unavailable(520), "service's log under the request id"),
                of(CallFault.NOT_IMPLEMENTED, unavailable(501), "its release"),
                of(CallFault.RATE_LIMIT, new RateLimited(call(429, "slow down"), null), "RESTORE_MAX_ACTIVE"),
                of(CallFault.QUOTA, new QuotaExceeded(call(413, "no")), "quota"),
                of(CallFault.NOT_AUTHENTICATED, new Unauthorized(call(401, "no")), "OS_PASSWORD"),
                of(
                        CallFault.POLICY,
                        new Forbidden(call(403, "Policy doesn't allow os_compute_api:servers:detail to be performed.")),
                        "or allow it the rule os_compute_api:servers:detail in the service's policy"),
                of(
                        CallFault.POLICY,
                        new Forbidden(call(
                                403, "(rule:create_port and (rule:create_port:fixed_ips)) is disallowed by policy")),
                        "the rule create_port in"),
                of(
                        CallFault.POLICY,
                        new Forbidden(call(
                                403, "You are not authorized to perform the requested action: identity:list_users.")),
                        "the rule identity:list_users"),
                of(CallFault.NOT_FOUND, new NotFound(call(404, "no"), true), "Somebody has deleted it"),
                of(CallFault.NO_SUCH_PATH, new NotFound(call(404, "no")), "endpoint in the catalog"),
                of(CallFault.ADDRESS_TAKEN, new Conflict(call(409, "no"), "IpAddressAlreadyAllocated"), "TRY_SAME_IPS"),
                of(CallFault.MAC_TAKEN, new Conflict(call(409, "no"), "MacAddressInUse"), "the MAC"),
                of(CallFault.LOCKED, new Conflict(call(409, "Instance 1 is locked"), null), "openstack server unlock"),
                of(CallFault.ON_ITS_WAY, new Conflict(call(409, "task_state deleting"), null), "Wait until"),
                of(CallFault.CONFLICT, new Conflict(call(409, "no"), null), "Look at the state"),
                of(CallFault.INVALID, new Invalid(call(400, "no"), null), "correct what the service names"),
                of(CallFault.API_VERSION, misfit(CallFault.API_VERSION), "release of the service"),
                of(CallFault.REDIRECT, misfit(CallFault.REDIRECT), "reads the catalog anew"),
                of(CallFault.CATALOG, misfit(CallFault.CATALOG), "reads the catalog anew"),
                of(CallFault.AUTH_URL, misfit(CallFault.AUTH_URL), "OS_AUTH_URL"),
                of(CallFault.IDENTITIES, misfit(CallFault.IDENTITIES), "made in Keystone"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("failures")
    void a_failure_names_service_call_answer_request_and_what_to_do(
            CallFault kind, CloudException failed, String remedy) {
        FailedCall call = failed.call();
        assertThat(failed.fault()).isEqualTo(kind);
        assertThat(failed)
                .hasMessageStartingWith("compute: " + call.message())
                .hasMessageContaining("(POST /servers")
                .hasMessageContaining("sent as req-ours, answered as req-theirs). " + failed.remedy());
        assertThat(failed.remedy()).contains(remedy).doesNotEndWith(".");
        if (call.status() != 0) {
            assertThat(failed).hasMessageContaining(", HTTP " + call.status());
        }
    }

    @Test
    void every_kind_is_shown_here() {
        Set<CallFault> shown = failures().stream()
                .map(arguments -> (CallFault) arguments.get()[0])
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CallFault.class)));
        assertThat(shown).containsExactly(CallFault.values());
    }

    @Test
    void no_text_fits_two_kinds() {
        assertThat(Arrays.stream(CallFault.values())
                        .filter(kind -> kind != CallFault.REDIRECT)
                        .map(kind -> kind.remedy("")))
                .doesNotHaveDuplicates()
                .allSatisfy(text -> assertThat(text).hasSizeGreaterThan(20));
    }

    @Test
    void every_exception_is_shown_here() {
        Set<Class<?>> shown = failures().stream()
                .map(arguments -> arguments.get()[1].getClass())
                .collect(Collectors.toSet());
        assertThat(shown).containsExactlyInAnyOrder(CloudException.class.getPermittedSubclasses());
    }

    private static Arguments of(CallFault kind, CloudException failed, String remedy) {
        return Arguments.of(kind, failed, remedy);
    }

    private static CloudException unanswered(@Nullable Throwable cause) {
        return new Unavailable(call(0, "no answer"), true, null, cause);
    }

    private static CloudException unavailable(int status) {
        return new Unavailable(call(status, "no"), true, null, null);
    }

    private static CloudException misfit(CallFault kind) {
        return new Misconfigured(call(0, "no"), kind);
    }

    private static FailedCall call(int status, String said) {
        return new FailedCall("compute", "POST", "/servers", status, said, "req-ours", "req-theirs");
    }
}
