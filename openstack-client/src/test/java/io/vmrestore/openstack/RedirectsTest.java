package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.openstack.FakeCloud.Reply;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.volume.VolumeSpec;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads follow redirects on their host; whatever else is redirected is named, and no token goes astray. */
@CloudTest
class RedirectsTest {

    private static final String ID = "aa598592-367e-4a77-9ef8-b86659bfc4e3";
    private static final String SERVER = "/v2.1/servers/" + ID;
    private static final String VOLUMES = "/v3/" + FakeCloud.PROJECT + "/volumes";

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aReadIsFollowedOnItsHost(int status, FakeCloud cloud, OpenStack client) {
        cloud.on("GET", SERVER, redirect(status, "/elsewhere"))
                .on("GET", "/elsewhere", FakeCloud.recorded("nova/019-server-show-2.79"));
        assertThat(client.admin().compute().server(ID).name()).isEqualTo("seed-a-vm2");
        assertThat(cloud.requests("GET", "/elsewhere").getFirst().headers())
                .containsEntry("x-auth-token", "token-1")
                .containsEntry("openstack-api-version", "compute 2.79");
    }

    @Test
    void aCircleEnds(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", SERVER, redirect(302, SERVER));
        assertThatThrownBy(() -> client.admin().compute().server(ID))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("redirects to http://127.0.0.1:");
        assertThat(cloud.requests("GET", SERVER)).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void theTokenGoesToNoOtherServer(String scheme, FakeCloud cloud, OpenStack client) throws IOException {
        try (FakeCloud other = new FakeCloud()) {
            String target = other.uri().toString().replaceFirst("http", scheme) + "/elsewhere";
            cloud.on("GET", SERVER, FakeCloud.withHeader("Location", target, FakeCloud.json(302, "")));
            assertThatThrownBy(() -> client.admin().compute().server(ID))
                    .isInstanceOf(CloudException.Misconfigured.class)
                    .hasMessageContaining("compute: the endpoint " + cloud.uri() + "/v2.1 redirects to " + target
                            + ": correct the catalog in Keystone (GET " + SERVER + ", HTTP 302");
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aWriteIsNotFollowed(int status, FakeCloud cloud, OpenStack client) {
        cloud.on("POST", VOLUMES, redirect(status, "/elsewhere"));
        assertThatThrownBy(() ->
                        client.admin().volumes().create(new VolumeSpec("v", "s", null, null, null, null, Map.of())))
                .isInstanceOfSatisfying(
                        CloudException.Misconfigured.class,
                        e -> assertThat(e.ambiguous()).isFalse())
                .hasMessageContaining("redirects to " + cloud.uri() + "/elsewhere: correct the catalog in Keystone");
        assertThat(cloud.requests("POST", VOLUMES)).hasSize(1);
        assertThat(cloud.requests("POST", "/elsewhere")).isEmpty();
        assertThat(cloud.requests("GET", "/elsewhere")).isEmpty();
    }

    @Test
    void aDeletionIsNotFollowed(FakeCloud cloud, OpenStack client) {
        cloud.on("DELETE", SERVER, redirect(308, "/elsewhere"));
        assertThatThrownBy(() -> client.admin().compute().delete(ID)).isInstanceOf(CloudException.Misconfigured.class);
        assertThat(cloud.requests("DELETE", "/elsewhere")).isEmpty();
    }

    @Test
    void anEndpointThatHasMovedIsNamedBeforeAnythingIsRead(FakeCloud cloud, OpenStack client) {
        // Reads would work there and writes would not, so a restore would fail in the middle.
        cloud.on("GET", "/v3/", redirect(301, "/moved/v3/"))
                .on("GET", "/moved/v3/", FakeCloud.recorded("cinder/003-v3-root-with-token"));
        assertThatThrownBy(() -> client.admin().volumes().volume("v"))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("the endpoint " + cloud.uri() + "/v3 redirects to " + cloud.uri()
                        + "/moved/v3/: correct the catalog in Keystone");
        assertThat(cloud.requests("GET", "/moved/v3/")).isEmpty();
    }

    @Test
    void aRootThatLeadsToItsVersionIsFollowed(FakeCloud cloud) {
        cloud.on(
                        "POST",
                        "/v3/auth/tokens",
                        FakeCloud.token(TestCatalog.empty().with("compute", "RegionOne", "/compute")))
                .on("GET", "/compute/", redirect(302, "/compute/v2.1/"))
                .on("GET", "/compute/v2.1/", FakeCloud.recorded("nova/002-v2.1-root-slash"))
                .on("GET", "/compute" + SERVER, FakeCloud.recorded("nova/019-server-show-2.79"));
        try (OpenStack client = OpenStack.connect(cloud.settings())) {
            assertThat(client.admin().compute().server(ID).name()).isEqualTo("seed-a-vm2");
        }
    }

    @Test
    void aKeystoneThatHasMovedIsNamedByTheSettingAndGetsNoPassword(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", "/v3/auth/tokens", redirect(301, "/identity/v3/auth/tokens"));
        assertThatThrownBy(() -> client.admin().projectId())
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("redirects to " + cloud.uri() + "/identity/v3/auth/tokens: correct OS_AUTH_URL");
        assertThat(cloud.requests("POST", "/identity/v3/auth/tokens")).isEmpty();
    }

    @Test
    void aRedirectToNowhereIsToldAsSuch(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", SERVER, FakeCloud.json(302, ""));
        assertThatThrownBy(() -> client.admin().compute().server(ID))
                .hasMessageContaining("redirects to somewhere that it does not name");
    }

    private static Reply redirect(int status, String path) {
        return (exchange, cloud) -> FakeCloud.withHeader("Location", cloud.uri() + path, FakeCloud.json(status, ""))
                .to(exchange, cloud);
    }
}
