package io.vmrestore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.simulator.web.Json;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an administrator sees of the third tenant's servers. */
class SampleGalleryTest {
    private static Simulator simulator;
    private static HttpCaller http;
    private static final Map<String, JsonNode> SERVERS = new HashMap<>();

    @BeforeAll
    static void read() throws Exception {
        simulator = Simulator.start(SimulatorSettings.instant());
        http = HttpCaller.login(simulator, SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, Tenant.C);
        String body = http.send("GET", "/compute/v2.1/servers/detail", null, "OpenStack-API-Version", "compute 2.79")
                .body();
        Json.MAPPER
                .readTree(body)
                .path("servers")
                .forEach(server -> SERVERS.put(server.path("name").asString(), server));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void thereIsAServerInEveryState() {
        assertThat(server("stopped-1").path("status").asString()).isEqualTo("SHUTOFF");
        assertThat(server("broken-1").path("status").asString()).isEqualTo("ERROR");
        assertThat(server("broken-1").path("fault").path("message").asString())
                .isEqualTo("The hypervisor lost the guest.");
        assertThat(server("locked-1").path("locked").asBoolean()).isTrue();
        assertThat(server("locked-1").path("locked_reason").asString()).isEqualTo("under audit");
        assertThat(server("web-1").path("status").asString()).isEqualTo("ACTIVE");
    }

    @Test
    void aFloatingIpLeadsToOne() {
        assertThat(server("floating-1").path("addresses").toString())
                .contains("203.0.113.10", "\"OS-EXT-IPS:type\":\"floating\"");
    }

    @Test
    void theVolumeOfOneGoesWithItAndSoDoItsPorts() {
        assertThat(server("nova-ports-1")
                        .path("os-extended-volumes:volumes_attached")
                        .path(0)
                        .path("delete_on_termination")
                        .asBoolean())
                .isTrue();
        simulator
                .cloud()
                .run(() -> assertThat(simulator
                                .cloud()
                                .servers()
                                .find(Tenant.C.id("server/nova-ports-1"))
                                .orElseThrow()
                                .state()
                                .nics())
                        .allMatch(nic -> nic.madeByNova()));
    }

    @Test
    void theFlavorOfOneIsGone() throws Exception {
        assertThat(server("retired-flavor-1")
                        .path("flavor")
                        .path("original_name")
                        .asString())
                .isEqualTo("sim.retired");
        assertThat(http.get("/compute/v2.1/flavors/19").statusCode()).isEqualTo(404);
    }

    @Test
    void oneBootsFromAnImageAndHasABootableVolume() {
        assertThat(server("image-and-data-1").path("image").path("id").asString())
                .isEqualTo(SampleCloud.IMAGE_ID);
        assertThat(simulator.volumes())
                .filteredOn(volume -> volume.id().equals(Tenant.C.id("volume/image-and-data-1-data")))
                .allMatch(volume -> volume.state().bootable())
                .hasSize(1);
    }

    @Test
    void oneHasALongHistoryAndOneIsGone() {
        assertThat(simulator.snapshots())
                .filteredOn(snapshot -> snapshot.volumeId().equals(Tenant.C.id("volume/history-1-boot")))
                .hasSize(15);
        assertThat(SERVERS).doesNotContainKey("orphan-1");
        assertThat(simulator.snapshots())
                .filteredOn(snapshot -> snapshot.volumeId().equals(Tenant.C.id("volume/orphan-1-boot")))
                .hasSize(1);
    }

    private static JsonNode server(String name) {
        JsonNode server = SERVERS.get(name);
        assertThat(server).as(name).isNotNull();
        return server;
    }
}
