package io.vmrestore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.simulator.web.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** With a small page size every long list comes in pages, and following their links yields all of it. */
class PagesTest {
    private static final int PAGE = 3;

    private static Simulator simulator;
    private static HttpCaller http;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorSettings.instant().withMaxPage(PAGE));
        http = HttpCaller.login(simulator, SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, Tenant.C);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    static Stream<Arguments> lists() {
        String volume = "/volume/v3/" + Tenant.C.projectId();
        return Stream.of(
                Arguments.of(
                        "/compute/v2.1/servers/detail?all_tenants=1",
                        "servers",
                        simulator.servers().size()),
                Arguments.of("/compute/v2.1/servers?limit=50", "servers", serversOfC()),
                Arguments.of(
                        volume + "/volumes?all_tenants=1",
                        "volumes",
                        simulator.volumes().size()),
                Arguments.of(
                        volume + "/snapshots/detail?all_tenants=1",
                        "snapshots",
                        simulator.snapshots().size()),
                Arguments.of("/network/v2.0/ports", "ports", simulator.ports().size()),
                Arguments.of("/identity/v3/projects", "projects", 1 + Tenant.values().length));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void itsLinksLeadThroughTheWholeList(String path, String key, int size) throws Exception {
        List<String> ids = new ArrayList<>();
        String next = path;
        while (next != null) {
            JsonNode body = Json.MAPPER.readTree(http.get(next).body());
            assertThat(body.path(key).size()).isLessThanOrEqualTo(PAGE);
            body.path(key).forEach(item -> ids.add(item.path("id").asString()));
            next = next(body, key);
        }
        assertThat(ids).hasSize(size).doesNotHaveDuplicates();
    }

    private static String next(JsonNode body, String key) {
        String keystone = Json.text(body.path("links"), "next");
        String others = body.path(key + "_links")
                .valueStream()
                .filter(link -> link.path("rel").asString().equals("next"))
                .map(link -> link.path("href").asString())
                .findFirst()
                .orElse(keystone);
        if (others == null) {
            return null;
        }
        URI address = URI.create(others);
        return address.getRawPath() + "?" + address.getRawQuery();
    }

    private static int serversOfC() {
        return Math.toIntExact(simulator.servers().stream()
                .filter(server -> server.projectId().equals(Tenant.C.projectId()))
                .count());
    }
}
