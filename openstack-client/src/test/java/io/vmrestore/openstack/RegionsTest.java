package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.settings.EndpointInterface;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** All services are those of one region, and nobody guesses which. */
@CloudTest
class RegionsTest {

    private static final String TOKENS = "/v3/auth/tokens";
    private static final String ID = "aa598592-367e-4a77-9ef8-b86659bfc4e3";

    @Test
    void withoutASettingTheOnlyRegionIsTaken(FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.usual().with("object-store", "Other", "/swift")));
        assertThat(serverName(cloud, null)).isEqualTo("seed-a-vm2");
    }

    @Test
    void severalRegionsAreRefusedByNameAndNoServiceIsAsked(FakeCloud cloud) {
        cloud.on(
                "POST",
                TOKENS,
                FakeCloud.token(TestCatalog.empty()
                        .with("volumev3", "Other", "/other/v3")
                        .with("network", "Other", "/other")
                        .with("compute", "RegionOne", "/v2.1")
                        .with("volumev3", "RegionOne", "/v3")
                        .with("network", "RegionOne", "/")));
        assertThatThrownBy(() -> serverName(cloud, null))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining(
                        "the catalog has several regions (Other, RegionOne) and OS_REGION_NAME is not set:"
                                + " set it to one of them");
        assertThat(cloud.requests()).extracting(FakeCloud.Request::path).containsOnly(TOKENS);
    }

    @Test
    void oneServiceElsewhereIsEnoughToRefuse(FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.usual().with("network", "Edge", "/edge")));
        assertThatThrownBy(() -> serverName(cloud, null)).hasMessageContaining("several regions (Edge, RegionOne)");
    }

    @Test
    void theRegionOfTheSettingIsTakenForEveryService(FakeCloud cloud) {
        cloud.on(
                "POST",
                TOKENS,
                FakeCloud.token(TestCatalog.empty()
                        .with("compute", "Other", "http://127.0.0.2:1/v2.1")
                        .with("volumev3", "Other", "http://127.0.0.2:1/v3")
                        .with("compute", "RegionOne", "/v2.1")
                        .with("volumev3", "RegionOne", "/v3")));
        cloud.replay("cinder/056-volume-show-in-use").replay("nova/019-server-show-2.79");
        try (OpenStack client = OpenStack.connect(cloud.settingsOf(" RegionOne ", EndpointInterface.PUBLIC))) {
            assertThat(client.admin().compute().server(ID).name()).isEqualTo("seed-a-vm2");
            assertThat(client.admin()
                            .volumes()
                            .volume("5319b110-35bb-4dd5-a368-2440a6563511")
                            .size())
                    .isEqualTo(2);
        }
    }

    @Test
    void aRegionThatTheCatalogLacksIsRefusedAndThoseThatItHasAreNamed(FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.usual().with("compute", "Edge", "/edge")));
        assertThatThrownBy(() -> serverName(cloud, "RegionTwo"))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("the catalog has no public endpoint in region RegionTwo of service type compute:"
                        + " check OS_REGION_NAME and OS_INTERFACE; the service is in Edge or RegionOne");
    }

    @Test
    void aServiceThatTheRegionLacksIsNotTakenFromAnother(FakeCloud cloud) {
        cloud.on(
                "POST",
                TOKENS,
                FakeCloud.token(TestCatalog.empty()
                        .with("compute", "RegionOne", "/v2.1")
                        .with("volumev3", "Other", "/v3")));
        try (OpenStack client = OpenStack.connect(cloud.settingsOf("RegionOne", EndpointInterface.PUBLIC))) {
            assertThatThrownBy(() -> client.admin().volumes().volume("v"))
                    .isInstanceOf(CloudException.Misconfigured.class)
                    .hasMessageContaining("no public endpoint in region RegionOne")
                    .hasMessageContaining("the service is in Other");
        }
    }

    @Test
    void aCloudWithoutRegionsNeedsNoSetting(FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.empty().with("compute", null, "/v2.1")));
        assertThat(serverName(cloud, null)).isEqualTo("seed-a-vm2");
        assertThatThrownBy(() -> serverName(cloud, "RegionOne"))
                .hasMessageContaining(
                        "the catalog's public endpoint for compute has no region: correct it in Keystone");
    }

    private static String serverName(FakeCloud cloud, @Nullable String region) {
        cloud.replay("nova/019-server-show-2.79");
        try (OpenStack client = OpenStack.connect(cloud.settingsOf(region, EndpointInterface.PUBLIC))) {
            return client.admin().compute().server(ID).name();
        }
    }
}
