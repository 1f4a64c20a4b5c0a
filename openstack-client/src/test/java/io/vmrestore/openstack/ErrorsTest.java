package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.openstack.compute.ServerSpec;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.CloudException.Conflict;
import io.vmrestore.openstack.failure.CloudException.Forbidden;
import io.vmrestore.openstack.failure.CloudException.Invalid;
import io.vmrestore.openstack.failure.CloudException.Misconfigured;
import io.vmrestore.openstack.failure.CloudException.NotFound;
import io.vmrestore.openstack.failure.CloudException.QuotaExceeded;
import io.vmrestore.openstack.failure.CloudException.RateLimited;
import io.vmrestore.openstack.failure.CloudException.Unauthorized;
import io.vmrestore.openstack.network.PortSpec;
import io.vmrestore.openstack.volume.VolumeSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of refusal, from the genuine answer. */
@CloudTest
class ErrorsTest {

    static List<Arguments> novaRefusals() {
        return List.of(
                Arguments.of(
                        "nova/025-server-missing",
                        NotFound.class,
                        "Instance 00000000-1111-2222-3333-444444444444 could not be found."),
                Arguments.of(
                        "nova/012-servers-all-tenants-member",
                        Forbidden.class,
                        "Policy doesn't allow os_compute_api:servers:index:get_all_tenants to be performed."),
                Arguments.of(
                        "nova/156-create-over-quota-instances",
                        QuotaExceeded.class,
                        "Quota exceeded for instances: Requested 1, but already used 4 of 4 instances"),
                Arguments.of(
                        "nova/157-create-over-quota-cores-ram",
                        QuotaExceeded.class,
                        "Quota exceeded for cores, ram: Requested 1, 512, but already used 4, 1280 of 1, 1 cores, ram"),
                Arguments.of(
                        "nova/158-create-over-quota-metadata",
                        QuotaExceeded.class,
                        "Maximum number of metadata items exceeds 1"),
                Arguments.of(
                        "nova/070-create-port-in-use",
                        Conflict.class,
                        "Port a93e6ee5-078a-4f80-a0a2-3f9dbf7e3441 is still in use."),
                Arguments.of(
                        "nova/184-delete-locked",
                        Conflict.class,
                        "Instance 51ec8288-d23c-4189-b818-c60b256deeb0 is locked"),
                Arguments.of("nova/046-create-key-of-other-user", Invalid.class, "Invalid key_name provided."),
                Arguments.of(
                        "nova/029-version-header-too-high",
                        Misconfigured.class,
                        "Version 2.999 is not supported by the API. Minimum is 2.1 and maximum is 2.93."),
                Arguments.of(
                        "keystone/022-users-forbidden",
                        Forbidden.class,
                        "You are not authorized to perform the requested action: identity:list_users."),
                Arguments.of(
                        "keystone/059-expired-token-compute",
                        Unauthorized.class,
                        "The request you have made requires authentication."),
                Arguments.of(
                        "other/005-glance-image-missing",
                        NotFound.class,
                        "No image found with ID 00000000-1111-2222-3333-444444444444"),
                Arguments.of(
                        "other/008-nova-wrong-method",
                        NotFound.class,
                        "404 Not Found The resource could not be found."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("novaRefusals")
    void novaRefusal(String recording, Class<?> kind, String message, FakeCloud cloud, OpenStack client) {
        cloud.on("POST", "/v2.1/servers", FakeCloud.recorded(recording));
        CloudException e = refusal(() -> client.admin().compute().create(server()));
        assertThat(e).isExactlyInstanceOf(kind);
        assertThat(e.cloudMessage()).startsWith(message);
        assertThat(e.call().status()).isEqualTo(Recording.of(recording).status());
        assertThat(e.ambiguous()).isFalse();
    }

    static List<Arguments> cinderRefusals() {
        return List.of(
                Arguments.of(
                        "cinder/127-over-limit-volumes",
                        QuotaExceeded.class,
                        "VolumeLimitExceeded: Maximum number of volumes allowed (4) exceeded for quota 'volumes'."),
                Arguments.of(
                        "cinder/132-over-limit-volume-type",
                        QuotaExceeded.class,
                        "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed"
                                + " gigabytes___DEFAULT__ quota."),
                Arguments.of(
                        "cinder/039-snapshot-missing",
                        NotFound.class,
                        "Snapshot 00000000-1111-2222-3333-444444444444 could not be found."),
                Arguments.of(
                        "cinder/077-create-smaller-than-snapshot",
                        Invalid.class,
                        "Invalid input received: Volume size '1'GB cannot be smaller than the snapshot size 2GB."),
                Arguments.of(
                        "cinder/118-attachment-delete-without-service-token",
                        Conflict.class,
                        "ConflictNovaUsingAttachment: Detach volume from instance"),
                Arguments.of(
                        "cinder/046-version-too-high",
                        Misconfigured.class,
                        "Version 3.999 is not supported by the API. Minimum is 3.0 and maximum is 3.70."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cinderRefusals")
    void cinderRefusal(String recording, Class<?> kind, String message, FakeCloud cloud, OpenStack client) {
        cloud.on("POST", "/v3/" + FakeCloud.PROJECT + "/volumes", FakeCloud.recorded(recording));
        CloudException e = refusal(
                () -> client.admin().volumes().create(new VolumeSpec("v", "s", null, null, null, null, Map.of())));
        assertThat(e).isExactlyInstanceOf(kind);
        assertThat(e.cloudMessage()).startsWith(message);
        assertThat(e.retryAfter()).isNull();
    }

    static List<Arguments> neutronRefusals() {
        return List.of(
                Arguments.of("neutron/038-create-ip-in-use", Conflict.class, "IpAddressAlreadyAllocated", true),
                Arguments.of("neutron/036-create-mac-in-use", Conflict.class, "MacAddressInUse", true),
                Arguments.of(
                        "neutron/070-create-no-addresses-left", Conflict.class, "IpAddressGenerationFailure", false),
                Arguments.of(
                        "neutron/075-update-stale-revision", Conflict.class, "RevisionNumberConstraintFailed", false),
                Arguments.of("neutron/092-create-over-quota", QuotaExceeded.class, "", false),
                Arguments.of("neutron/041-create-ip-outside-subnet", Invalid.class, "InvalidIpForNetwork", false),
                Arguments.of("neutron/055-create-on-shared-network-fixed-ip-member", Forbidden.class, "", false),
                Arguments.of("neutron/087-show-missing", NotFound.class, "", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("neutronRefusals")
    void neutronRefusal(
            String recording, Class<?> kind, String type, boolean addressTaken, FakeCloud cloud, OpenStack client) {
        cloud.on("POST", "/v2.0/ports", FakeCloud.recorded(recording));
        CloudException e = refusal(() -> client.admin().network().createPort(PortSpec.on("n", "p")));
        assertThat(e).isExactlyInstanceOf(kind);
        switch (e) {
            case Conflict conflict -> {
                assertThat(conflict.type()).isEqualTo(type);
                assertThat(conflict.addressTaken()).isEqualTo(addressTaken);
            }
            case Invalid invalid -> assertThat(invalid.type()).isEqualTo(type);
            case NotFound n -> assertThat(type).isEmpty();
            case QuotaExceeded q -> assertThat(type).isEmpty();
            case Forbidden f -> assertThat(type).isEmpty();
            case Unauthorized u -> throw u;
            case RateLimited r -> throw r;
            case CloudException.Unavailable u -> throw u;
            case Misconfigured m -> throw m;
        }
    }

    @Test
    void theMessageNamesServiceRequestStatusAndBothIds(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/025-server-missing");
        CloudException e = refusal(() -> client.admin()
                .withRequestId("req-11111111-2222-3333-4444-555555555555")
                .compute()
                .server("00000000-1111-2222-3333-444444444444"));
        String cloudId = Recording.of("nova/025-server-missing").header("X-Openstack-Request-Id");
        assertThat(e)
                .hasMessage("compute: Instance 00000000-1111-2222-3333-444444444444 could not be found. "
                        + "(GET /v2.1/servers/00000000-1111-2222-3333-444444444444, HTTP 404, "
                        + "sent as req-11111111-2222-3333-4444-555555555555, answered as " + cloudId + "). "
                        + "Somebody has deleted it, or it belongs to another project: make a new plan");
        assertThat(e.call().cloudRequestId()).isEqualTo(cloudId);
    }

    @Test
    void aRateLimitTellsHowLongToWait(FakeCloud cloud, OpenStack client) {
        cloud.on(
                "POST",
                "/v2.1/servers",
                FakeCloud.withHeader(
                        "Retry-After",
                        "17",
                        FakeCloud.json(429, "{\"overLimit\":{\"code\":429,\"message\":\"slow down\"}}")));
        CloudException e = refusal(() -> client.admin().compute().create(server()));
        assertThat(e).isInstanceOf(RateLimited.class);
        assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(17));
        assertThat(cloud.requests("POST", "/v2.1/servers")).hasSize(1);
    }

    @Test
    void a413WithATimeToWaitIsARateLimitAndNoQuota(FakeCloud cloud, OpenStack client) {
        cloud.on(
                "POST",
                "/v2.1/servers",
                FakeCloud.withHeader(
                        "Retry-After", "9", FakeCloud.json(413, "{\"overLimit\":{\"message\":\"too many\"}}")));
        assertThat(refusal(() -> client.admin().compute().create(server()))).isInstanceOf(RateLimited.class);
    }

    @Test
    void aProxysPageIsReadAsText(FakeCloud cloud, OpenStack client) {
        cloud.on(
                "POST",
                "/v2.1/servers",
                FakeCloud.json(
                        502, "<html><head><title>x</title></head><body><h1>502 Bad Gateway</h1>nginx</body></html>"));
        CloudException e = refusal(() -> client.admin().compute().create(server()));
        assertThat(e).isInstanceOf(CloudException.Unavailable.class);
        assertThat(e.cloudMessage()).isEqualTo("502 Bad Gateway nginx");
        assertThat(e.ambiguous()).isTrue();
    }

    @Test
    void anAnswerThatIsNoJsonIsUnavailable(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/x", FakeCloud.json(200, "<html>Please log in to the hotel's network</html>"));
        CloudException e = refusal(() -> client.admin().compute().server("x"));
        assertThat(e).isInstanceOf(CloudException.Unavailable.class);
        assertThat(e.cloudMessage()).isEqualTo("the answer is not the JSON that was expected");
    }

    private static ServerSpec server() {
        return new ServerSpec("vm", "1", "v", List.of(), null, Map.of(), List.of(), null, null, false, null, null);
    }

    private static CloudException refusal(Runnable call) {
        return catchThrowableOfType(CloudException.class, call::run);
    }
}
