package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.openstack.FakeCloud.Reply;
import io.vmrestore.openstack.failure.CloudException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API is found behind whatever the catalog names: with or without version, project and slash. */
@CloudTest
class DiscoveryTest {

    private static final String TOKENS = "/v3/auth/tokens";
    private static final String SERVER = "aa598592-367e-4a77-9ef8-b86659bfc4e3";
    private static final String VOLUME = "5319b110-35bb-4dd5-a368-2440a6563511";
    private static final String PORT = "1a239679-4a26-415a-9d33-a044a41543b7";
    private static final String PROJECT = FakeCloud.PROJECT;
    private static final String DASHED = "a47cf8b4-a2c8-46d8-b141-0dbdc41cec4d";

    private static final String COMPUTE = """
        {"id":"v2.1","status":"CURRENT","version":"2.93","min_version":"2.1",\
        "links":[{"rel":"self","href":"%s"}]}\
        """;
    private static final String BLOCK_STORAGE = """
        {"id":"v3.0","status":"CURRENT","version":"3.70","min_version":"3.0",\
        "links":[{"rel":"describedby","href":"https://docs"},{"rel":"self","href":"%s"}]}\
        """;
    private static final String NETWORK = """
        {"id":"v2.0","status":"CURRENT","links":[{"rel":"self","href":"%s"}]}\
        """;
    private static final String OLD_COMPUTE = """
        {"id":"v2.0","status":"SUPPORTED","version":"","min_version":"",\
        "links":[{"rel":"self","href":"http://10.0.0.9:8774/v2/"}]}\
        """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/compute",
                "/compute/",
                "/compute/v2.1",
                "/compute/v2.1/",
                "/compute/v2",
                "/compute/v2/" + PROJECT
            })
    void compute(String url, FakeCloud cloud) {
        cloud.on("GET", "/compute/", list(200, OLD_COMPUTE, COMPUTE.formatted("http://127.0.0.1:1/compute/v2.1/")))
                .on("GET", "/compute/v2.1/", one(COMPUTE.formatted("http://127.0.0.1:1/compute/v2.1/")))
                .on("GET", "/compute/v2.1/servers/" + SERVER, FakeCloud.recorded("nova/019-server-show-2.79"))
                .on(
                        "GET",
                        "/compute/v2.1/" + PROJECT + "/servers/" + SERVER,
                        FakeCloud.recorded("nova/019-server-show-2.79"));
        assertThat(server(cloud, url)).isEqualTo("seed-a-vm2");
        assertThat(lastRequest(cloud).headers()).containsEntry("openstack-api-version", "compute 2.79");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/volume",
                "/volume/",
                "/volume/" + PROJECT,
                "/volume/v3",
                "/volume/v3/",
                "/volume/v3/" + PROJECT,
                "/volume/v3/" + PROJECT + "/",
                "/volume/v3/0123456789abcdef0123456789abcdef",
                "/volume/v2",
                "/volume/v2/" + PROJECT
            })
    void blockStorage(String url, FakeCloud cloud) {
        volumeRoot(cloud, 300)
                .on("GET", "/volume/v3/", list(200, BLOCK_STORAGE.formatted("http://127.0.0.1:1/volume/v3/")));
        assertThat(volume(cloud, "volumev3", url, "/volume/v3/" + PROJECT)).isEqualTo(2);
        assertThat(lastRequest(cloud).headers()).containsEntry("openstack-api-version", "volume 3.50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"block-storage", "block-store", "volume", "volumev2", "volumev3"})
    void blockStorageByEveryNameThatItHasHad(String type, FakeCloud cloud) {
        volumeRoot(cloud, 200).on("GET", "/volume/v3/", list(200, BLOCK_STORAGE.formatted("/volume/v3/")));
        assertThat(volume(cloud, type, "/volume/v2/" + PROJECT, "/volume/v3/" + PROJECT))
                .isEqualTo(2);
    }

    @Test
    void aProjectThatTheCatalogSpellsItsOwnWayStaysSo(FakeCloud cloud) {
        cloud.on("GET", "/volume/v3/", list(200, BLOCK_STORAGE.formatted("/volume/v3/")));
        assertThat(volume(cloud, "volumev3", "/volume/v3/" + DASHED, "/volume/v3/" + DASHED))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/network", "/network/", "/network/v2.0", "/network/v2.0/"})
    void network(String url, FakeCloud cloud) {
        cloud.on("GET", "/network/", list(200, NETWORK.formatted("http://10.0.0.9:9696/v2.0/")));
        assertThat(port(cloud, url, "/network/v2.0")).isEqualTo(PORT);
    }

    static List<Arguments> linksBehindAProxy() {
        return List.of(
                Arguments.of("another host", "http://10.0.0.9:8774/compute/v2.1/"),
                Arguments.of("another scheme", "https://127.0.0.1/compute/v2.1/"),
                Arguments.of("the path behind the proxy", "http://10.0.0.9:8774/v2.1/"),
                Arguments.of("no host", "/compute/v2.1/"),
                Arguments.of("relative", "v2.1/"),
                Arguments.of("none", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("linksBehindAProxy")
    void linksLeadToTheHostOfTheCatalog(String name, String link, FakeCloud cloud) {
        cloud.on("GET", "/compute/", list(300, COMPUTE.formatted(link)))
                .on("GET", "/compute/v2.1/", one(COMPUTE.formatted(link)))
                .on("GET", "/v2.1/", notFound())
                .on("GET", "/compute/v2.1/servers/" + SERVER, FakeCloud.recorded("nova/019-server-show-2.79"));
        assertThat(server(cloud, "/compute")).isEqualTo("seed-a-vm2");
    }

    @Test
    void aProxyMayHideTheVersion(FakeCloud cloud) {
        cloud.on("GET", "/compute/", one(COMPUTE.formatted("http://10.0.0.9:8774/v2.1/")))
                .on("GET", "/compute/v2.1/", notFound())
                .on("GET", "/compute/servers/" + SERVER, FakeCloud.recorded("nova/019-server-show-2.79"));
        assertThat(server(cloud, "/compute")).isEqualTo("seed-a-vm2");
    }

    @Test
    void aProxyMayPutTheApiAtAnotherPathThanItsVersions(FakeCloud cloud) {
        cloud.on("GET", "/compute/", list(200, COMPUTE.formatted("http://10.0.0.9/api/v2.1/")))
                .on("GET", "/compute/v2.1/", notFound())
                .on("GET", "/api/v2.1/", one(COMPUTE.formatted("http://10.0.0.9/api/v2.1/")))
                .on("GET", "/api/v2.1/servers/" + SERVER, FakeCloud.recorded("nova/019-server-show-2.79"));
        assertThat(server(cloud, "/compute")).isEqualTo("seed-a-vm2");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405})
    void whereVersionsAreNotToldTheCatalogIsTakenAtItsWord(int status, FakeCloud cloud) {
        cloud.on("GET", "/compute/v2.1/", refused(status))
                .on("GET", "/compute/", refused(status))
                .on("GET", "/compute/v2.1/servers/" + SERVER, FakeCloud.recorded("nova/019-server-show-2.79"));
        assertThat(server(cloud, "/compute/v2.1")).isEqualTo("seed-a-vm2");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void whereOnlyTheRootIsRefusedTheVersionIsFoundBelowIt(int status, FakeCloud cloud) {
        cloud.on("GET", "/compute/", refused(status))
                .on("GET", "/compute/v2.1/", one(COMPUTE.formatted("/compute/v2.1/")))
                .on("GET", "/compute/v2.1/servers/" + SERVER, FakeCloud.recorded("nova/019-server-show-2.79"));
        assertThat(server(cloud, "/compute")).isEqualTo("seed-a-vm2");
    }

    @Test
    void aRootThatAnswersWithAPageTellsNothing(FakeCloud cloud) {
        cloud.on("GET", "/network/", FakeCloud.typed("text/html", 200, "<html>Welcome</html>"));
        assertThat(port(cloud, "/network", "/network/v2.0")).isEqualTo(PORT);
    }

    @Test
    void anApiWithoutTheVersionThatIsNeededIsToldByName(FakeCloud cloud) {
        cloud.on("GET", "/compute/", list(200, OLD_COMPUTE));
        assertThatThrownBy(() -> server(cloud, "/compute"))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("the compute API at http://127.0.0.1:")
                .hasMessageContaining("/compute has the versions v2.0, but v2.1 is needed: correct the catalog");
    }

    static List<Arguments> wrongUrls() {
        return List.of(
                Arguments.of("a page of a proxy", FakeCloud.typed("text/html", 404, "<h1>404 Not Found</h1>nginx")),
                Arguments.of("nothing", FakeCloud.typed("text/plain", 404, "")),
                Arguments.of(
                        "another service",
                        FakeCloud.withHeader(
                                "X-Openstack-Request-Id",
                                "req-11111111-2222-3333-4444-555555555555",
                                FakeCloud.json(404, "{\"message\":\"The resource could not be found.\"}"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongUrls")
    void aWrongUrlIsToldAsSuchAndNoResourceIsCalledMissing(String name, Reply reply, FakeCloud cloud) {
        cloud.on("GET", "/wrong/v2.1/", reply).on("GET", "/wrong/v2.1/servers/" + SERVER, reply);
        assertThatThrownBy(() -> server(cloud, "/wrong/v2.1"))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("the catalog's endpoint for compute is http://127.0.0.1:")
                .hasMessageContaining("/wrong/v2.1, where no such API answers")
                .hasMessageContaining("correct it in Keystone");
    }

    @Test
    void whatHasAnsweredOnceIsNotCalledAWrongUrl(FakeCloud cloud) {
        cloud.on("GET", "/v2.1/", refused(403))
                .replay("nova/019-server-show-2.79")
                .on("GET", "/v2.1/servers/x", FakeCloud.typed("text/html", 404, "<h1>404 Not Found</h1>nginx"));
        try (OpenStack client = OpenStack.connect(cloud.settings())) {
            client.admin().compute().server(SERVER);
            assertThatThrownBy(() -> client.admin().compute().server("x"))
                    .isInstanceOf(CloudException.Unavailable.class);
        }
    }

    @Test
    void anAuthUrlThatLeadsNowhereIsToldAsSuch(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", TOKENS, FakeCloud.typed("text/html", 404, "<h1>404 Not Found</h1>nginx"));
        assertThatThrownBy(() -> client.admin().projectId())
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("OS_AUTH_URL leads to http://127.0.0.1:")
                .hasMessageContaining("where no Keystone answers")
                .hasMessageContaining("correct it");
    }

    @Test
    void anAuthUrlThatAnswersSomethingElseIsToldAsSuch(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", TOKENS, FakeCloud.typed("text/html", 200, "<html>Please log in</html>"));
        assertThatThrownBy(() -> client.admin().projectId())
                .hasMessageContaining("the answer is no token of a project: check that OS_AUTH_URL is Keystone's");
    }

    @Test
    void versionsAreAskedOnceForAllProjects(FakeCloud cloud) {
        volumeRoot(cloud, 300).on("GET", "/volume/v3/", list(200, BLOCK_STORAGE.formatted("/volume/v3/")));
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.empty().with("volumev3", "RegionOne", "/volume")));
        cloud.on(
                "GET",
                "/volume/v3/" + PROJECT + "/volumes/" + VOLUME,
                FakeCloud.recorded("cinder/056-volume-show-in-use"));
        try (OpenStack client = OpenStack.connect(cloud.settings())) {
            client.admin().volumes().volume(VOLUME);
            client.project(PROJECT).volumes().volume(VOLUME);
        }
        assertThat(cloud.requests("GET", "/volume/")).hasSize(1);
        assertThat(cloud.requests("GET", "/volume/v3/")).hasSize(1);
    }

    private static String server(FakeCloud cloud, String url) {
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.empty().with("compute", "RegionOne", url)));
        try (OpenStack client = OpenStack.connect(cloud.settings())) {
            return client.admin().compute().server(SERVER).name();
        }
    }

    private static int volume(FakeCloud cloud, String type, String url, String found) {
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.empty().with(type, "RegionOne", url)));
        cloud.on("GET", found + "/volumes/" + VOLUME, FakeCloud.recorded("cinder/056-volume-show-in-use"));
        try (OpenStack client = OpenStack.connect(cloud.settings())) {
            return client.admin().volumes().volume(VOLUME).size();
        }
    }

    private static String port(FakeCloud cloud, String url, String found) {
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.empty().with("network", "RegionOne", url)));
        cloud.on("GET", found + "/ports/" + PORT, FakeCloud.recorded("neutron/093-port-bound"));
        try (OpenStack client = OpenStack.connect(cloud.settings())) {
            return client.admin().network().port(PORT).id();
        }
    }

    private static FakeCloud volumeRoot(FakeCloud cloud, int status) {
        return cloud.on("GET", "/volume/", list(status, BLOCK_STORAGE.formatted("http://10.0.0.9:8776/v3/")));
    }

    private static Reply list(int status, String... versions) {
        return FakeCloud.json(status, "{\"versions\":[" + String.join(",", versions) + "]}");
    }

    private static Reply one(String version) {
        return FakeCloud.json(200, "{\"version\":" + version + "}");
    }

    private static Reply notFound() {
        return refused(404);
    }

    private static Reply refused(int status) {
        return FakeCloud.json(status, "{\"error\":{\"code\":" + status + ",\"message\":\"no\"}}");
    }

    private static FakeCloud.Request lastRequest(FakeCloud cloud) {
        return cloud.requests().getLast();
    }
}
