package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.openstack.FakeCloud.Reply;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.EndpointInterface;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** API versions and endpoints, as clouds differ in them. */
@CloudTest
class NegotiationTest {

    private static final String ID = "aa598592-367e-4a77-9ef8-b86659bfc4e3";
    private static final String SERVER = "/v2.1/servers/" + ID;

    @Test
    void anOlderCloudIsAskedForItsNewestVersion(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79").on("GET", "/v2.1/", version("2.60"));
        client.admin().compute().server(ID);
        assertThat(cloud.requests("GET", SERVER).getFirst().headers())
                .containsEntry("openstack-api-version", "compute 2.60");
    }

    @Test
    void aCloudThatIsTooOldIsRefusedByName(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/", version("2.9"));
        assertThatThrownBy(() -> client.admin().compute().server(ID))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("the cloud's newest compute API version is 2.9, but 2.52 is needed");
    }

    @Test
    void aCloudThatDoesNotTellIsAskedForOurs(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79").on("GET", "/v2.1/", FakeCloud.recorded("cinder/005-v2-root"));
        client.admin().compute().server(ID);
        assertThat(cloud.requests("GET", SERVER).getFirst().headers())
                .containsEntry("openstack-api-version", "compute 2.79");
    }

    @Test
    void theVersionIsAskedOnce(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79");
        client.admin().compute().server(ID);
        client.project(FakeCloud.PROJECT).compute().server(ID);
        assertThat(cloud.requests("GET", "/v2.1/")).hasSize(1);
    }

    @Test
    void cindersRootIsFoundAboveTheProjectAndAskedWithAToken(FakeCloud cloud, OpenStack client) {
        cloud.replay("cinder/056-volume-show-in-use");
        client.admin().volumes().volume("5319b110-35bb-4dd5-a368-2440a6563511");
        assertThat(cloud.requests("GET", "/v3/").getFirst().headers()).containsEntry("x-auth-token", "token-1");
    }

    @Test
    void aVolumeEndpointWithoutAProjectGetsIt(FakeCloud cloud, OpenStack client) {
        cloud.replay("cinder/056-volume-show-in-use")
                .on("POST", "/v3/auth/tokens", tokenWith("/v3/" + FakeCloud.PROJECT, "/v3"));
        assertThat(client.admin()
                        .volumes()
                        .volume("5319b110-35bb-4dd5-a368-2440a6563511")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void aTrailingSlashInTheCatalogDoesNoHarm(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79").on("POST", "/v3/auth/tokens", tokenWith("/v2.1\"", "/v2.1/\""));
        assertThat(client.admin().compute().server(ID).name()).isEqualTo("seed-a-vm2");
    }

    @Test
    void anotherRegionHasNoEndpointsHere(FakeCloud cloud) {
        CloudSettings settings = new CloudSettings(
                cloud.uri(),
                "RegionTwo",
                EndpointInterface.INTERNAL,
                cloud.credentials(),
                null,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2));
        try (OpenStack client = OpenStack.connect(settings)) {
            assertThatThrownBy(() -> client.admin().compute().server(ID))
                    .isInstanceOf(CloudException.Misconfigured.class)
                    .hasMessageContaining("the catalog has no internal endpoint in region RegionTwo of service type "
                            + "compute: check OS_REGION_NAME and OS_INTERFACE");
        }
    }

    @Test
    void theAuthUrlMayOrMayNotEndInV3() {
        Credentials credentials = new Credentials("u", "d", "p", "t", null, null);
        for (String url :
                new String[] {"https://k:5000", "https://k:5000/", "https://k:5000/v3", "https://k:5000/v3/"}) {
            assertThat(CloudSettings.of(URI.create(url), credentials, null).authUrl())
                    .isEqualTo(URI.create("https://k:5000/v3"));
        }
        assertThatThrownBy(() -> CloudSettings.of(URI.create("keystone:5000"), credentials, null))
                .hasMessage("OS_AUTH_URL is 'keystone:5000': it must be a URL such as "
                        + "https://keystone.example.com:5000/v3");
    }

    private static Reply version(String newest) {
        return FakeCloud.json(
                200, "{\"version\":{\"id\":\"v2.1\",\"version\":\"%s\",\"min_version\":\"2.1\"}}".formatted(newest));
    }

    private static Reply tokenWith(String recorded, String instead) {
        Recording recording = Recording.of("keystone/004-token-project-scope");
        return FakeCloud.withHeader(
                "X-Subject-Token",
                "token-1",
                FakeCloud.json(
                        201,
                        recording
                                .body()
                                .replace(recorded, instead)
                                .replaceAll("\"expires_at\":\"2026", "\"expires_at\":\"2036")));
    }
}
