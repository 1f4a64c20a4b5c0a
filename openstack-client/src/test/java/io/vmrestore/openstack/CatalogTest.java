package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.settings.EndpointInterface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One odd element of the catalog spoils nothing but itself, and is named where it is the one that is needed. */
@CloudTest
class CatalogTest {

    private static final String TOKENS = "/v3/auth/tokens";
    private static final String ID = "aa598592-367e-4a77-9ef8-b86659bfc4e3";

    static List<Arguments> oddElements() {
        return List.of(
                Arguments.of("websocket", TestCatalog.usual().with("messaging-websocket", "RegionOne", "ws://a:9000")),
                Arguments.of("secure websocket", TestCatalog.usual().with("messaging", "RegionOne", "wss://a:9000")),
                Arguments.of("no scheme", TestCatalog.usual().with("x", "RegionOne", "10.0.0.1:8080")),
                Arguments.of("blank", TestCatalog.usual().with("x", "RegionOne", "  ")),
                Arguments.of("null", TestCatalog.usual().with("x", null, null, null)),
                Arguments.of("placeholder", TestCatalog.usual().with("x", "RegionOne", "http://a/%(tenant_id)s")),
                Arguments.of("null type", TestCatalog.usual().with(null, "RegionOne", "http://a/")),
                Arguments.of("no endpoints", TestCatalog.usual().raw("{\"type\":\"compute\",\"name\":\"nova\"}")),
                Arguments.of("null endpoints", TestCatalog.usual().raw("{\"type\":\"network\",\"endpoints\":null}")),
                Arguments.of("empty endpoints", TestCatalog.usual().raw("{\"type\":\"volumev3\",\"endpoints\":[]}")),
                Arguments.of(
                        "no objects",
                        TestCatalog.usual().raw("\"compute\"").raw("null").raw("[]")),
                Arguments.of("odd interface", TestCatalog.usual().with("compute", "Other", "proxied", "ws://a")),
                Arguments.of("no interface", TestCatalog.usual().with("compute", "Other", null, "http://a/v2.1")),
                Arguments.of("the same twice", TestCatalog.usual().with("compute", "RegionOne", "/v2.1/")),
                Arguments.of("a second one, odd", TestCatalog.usual().with("compute", "RegionOne", "ws://a/v2.1")),
                Arguments.of(
                        "a second one, without region", TestCatalog.usual().with("compute", null, "http://a/v2.1")),
                Arguments.of("another region's", TestCatalog.usual().with("object-store", "Other", "http://a/v1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddElements")
    void anOddElementDoesNoHarm(String name, TestCatalog catalog, FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(catalog));
        assertThat(serverName(cloud)).isEqualTo("seed-a-vm2");
    }

    @ParameterizedTest
    @CsvSource({
        "'ws://127.0.0.2:9000', is no http URL",
        "'wss://127.0.0.2/compute', is no http URL",
        "'10.0.0.1:8080', is no http URL",
        "'compute', is no http URL",
        "'http:///v2.1', is no http URL",
        "'http://a b/v2.1', is no http URL",
        "'http://nova_api:8774/v2.1', has no valid host name and port",
        "'http://nova:99999/v2.1', has no valid port",
        "'http://nova/v2.1?x=1', is more than a host and a path",
        "'http://nova/v2.1/%(tenant_id)s', holds a placeholder that Keystone has not filled in",
        "'http://nova/v2.1/$(project_id)s', holds a placeholder that Keystone has not filled in"
    })
    void anOddElementThatIsNeededIsNamed(String url, String fault, FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(withoutCompute().with("compute", "RegionOne", url)));
        assertThatThrownBy(() -> serverName(cloud))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("the catalog's public endpoint for compute in RegionOne is '"
                        + url.replaceAll("\\?.*", "?...") + "', which " + fault + ": correct it in Keystone");
    }

    @Test
    void anEndpointWithoutAUrlIsNamed(FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(withoutCompute().with("compute", "RegionOne", null)));
        assertThatThrownBy(() -> serverName(cloud))
                .hasMessageContaining(
                        "the catalog's public endpoint for compute in RegionOne has no URL: correct it in Keystone");
    }

    @Test
    void anEndpointOfAnUnknownRegionIsNotTakenForOneOfOurs(FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(withoutCompute().with("compute", null, "/v2.1")));
        assertThatThrownBy(() -> serverName(cloud))
                .hasMessageContaining(
                        "the catalog's public endpoint for compute has no region: correct it in Keystone");
    }

    @Test
    void twoEndpointsOfOneServiceLeaveNoChoiceToUs(FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.usual().with("compute", "RegionOne", "http://b/v2.1")));
        assertThatThrownBy(() -> serverName(cloud))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("the catalog has several public endpoints for compute in RegionOne: ")
                .hasMessageContaining("http://b/v2.1. Keep one of them in Keystone");
    }

    @Test
    void aPasswordInAnEndpointIsNotShown(FakeCloud cloud) {
        cloud.on(
                "POST",
                TOKENS,
                FakeCloud.token(withoutCompute().with("compute", "RegionOne", "http://u:hidden-word@nova/v2.1")));
        assertThatThrownBy(() -> serverName(cloud))
                .hasMessageContaining("is 'http://***@nova/v2.1', which has a user name in it")
                .hasMessageNotContaining("hidden-word");
    }

    @Test
    void anEndpointIsShownInOneLine(FakeCloud cloud) {
        cloud.on(
                "POST",
                TOKENS,
                FakeCloud.token(withoutCompute().with("compute", "RegionOne", "ws://a\n\u001b[31m" + "b".repeat(500))));
        assertThatThrownBy(() -> serverName(cloud))
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain("\n", "\u001b")
                        .hasSizeLessThan(600));
    }

    @Test
    void anOddVolumeEndpointHarmsNoServer(FakeCloud cloud) {
        cloud.on(
                "POST",
                TOKENS,
                FakeCloud.token(TestCatalog.empty()
                        .with("compute", "RegionOne", "/v2.1")
                        .with("network", "RegionOne", "/")
                        .with("volumev3", "RegionOne", "10.0.0.1:8776/v3")));
        assertThat(serverName(cloud)).isEqualTo("seed-a-vm2");
        try (OpenStack client = OpenStack.connect(cloud.settings())) {
            assertThatThrownBy(() -> client.admin().volumes().volume("v"))
                    .hasMessageContaining(
                            "endpoint for block-storage in RegionOne is '10.0.0.1:8776/v3', which is no http"
                                    + " URL: correct it in Keystone");
        }
    }

    @Test
    void anotherTypeOfTheServiceIsTakenWhereOneIsOdd(FakeCloud cloud) {
        cloud.on(
                "POST",
                TOKENS,
                FakeCloud.token(TestCatalog.empty()
                        .with("volumev3", "RegionOne", "ws://a")
                        .with("block-storage", "RegionOne", "/v3")));
        cloud.replay("cinder/056-volume-show-in-use");
        try (OpenStack client = OpenStack.connect(cloud.settings())) {
            assertThat(client.admin()
                            .volumes()
                            .volume("5319b110-35bb-4dd5-a368-2440a6563511")
                            .size())
                    .isEqualTo(2);
        }
    }

    @Test
    void aTokenWithoutACatalogIsToldAsSuch(FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.empty()));
        assertThatThrownBy(() -> serverName(cloud))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("the catalog has no public endpoint in region RegionOne of service type compute: "
                        + "check OS_REGION_NAME and OS_INTERFACE");
    }

    @Test
    void theInterfacesThatThereAreAreNamed(FakeCloud cloud) {
        cloud.on("POST", TOKENS, FakeCloud.token(TestCatalog.usual()));
        try (OpenStack client = OpenStack.connect(cloud.settingsOf("RegionOne", EndpointInterface.INTERNAL))) {
            assertThatThrownBy(() -> client.admin().compute().server(ID))
                    .hasMessageContaining(
                            "the catalog has no internal endpoint in region RegionOne of service type compute:"
                                    + " check OS_REGION_NAME and OS_INTERFACE; it has the interfaces public");
        }
    }

    @Test
    void anInterfaceMayBeSpeltAsKeystonesSecondApiDid(FakeCloud cloud) {
        cloud.on(
                "POST",
                TOKENS,
                FakeCloud.token(TestCatalog.empty().with("compute", "RegionOne", "publicURL", "/v2.1")));
        assertThat(serverName(cloud)).isEqualTo("seed-a-vm2");
    }

    private static TestCatalog withoutCompute() {
        return TestCatalog.empty()
                .with("volumev3", "RegionOne", "/v3/" + FakeCloud.PROJECT)
                .with("network", "RegionOne", "/");
    }

    private static String serverName(FakeCloud cloud) {
        cloud.replay("nova/019-server-show-2.79");
        try (OpenStack client = OpenStack.connect(cloud.settings())) {
            return client.admin().compute().server(ID).name();
        }
    }
}
