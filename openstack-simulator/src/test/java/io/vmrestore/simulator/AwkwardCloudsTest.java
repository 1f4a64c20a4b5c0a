package io.vmrestore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Fault.Absence;
import io.vmrestore.simulator.faults.Fault.Front;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.simulator.web.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What a client sees of the clouds that people reported as awkward. */
class AwkwardCloudsTest {
    private static final String SERVER = "/compute/v2.1/servers/" + Tenant.A.webServerId();
    private static final String PORTS = "/network/v2.0/ports";

    private final Simulator simulator = Simulator.start(SimulatorSettings.instant());
    private final HttpCaller http = HttpCaller.serviceUser(simulator, Tenant.A);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aStrayNotFoundHasNothingOfTheService() throws Exception {
        for (Front by : Front.values()) {
            simulator.faults().once("GET .*/servers/[^/]+$", new Fault.StrayNotFound(by));
            HttpResponse<String> stray = http.get(SERVER);
            assertThat(stray.statusCode()).as(by.name()).isEqualTo(404);
            assertThat(stray.body()).as(by.name()).doesNotContain("itemNotFound");
            assertThat(stray.headers().firstValue("X-Openstack-Request-Id")).isEmpty();
            assertThat(http.get(SERVER).statusCode()).as("it was only one").isEqualTo(200);
        }
        simulator.faults().once("GET", new Fault.StrayNotFound(null));
        HttpResponse<String> page = http.get(SERVER);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(page.headers().firstValue("Server")).hasValue("nginx");
    }

    @Test
    void aFalseNotFoundHasTheServicesWords() throws Exception {
        simulator.faults().always("GET", new Fault.FalseNotFound());
        HttpResponse<String> server = http.get(SERVER);
        assertThat(server.statusCode()).isEqualTo(404);
        assertThat(server.body())
                .contains("itemNotFound", "Instance " + Tenant.A.webServerId() + " could not be found.");
        assertThat(server.headers().firstValue("X-Openstack-Request-Id")).isPresent();
        String port = Tenant.A.id("port/web-1-0");
        assertThat(http.get(PORTS + "/" + port).body())
                .contains("PortNotFound", "Port " + port + " could not be found.");
    }

    @Test
    void aServiceIsAwayInEveryWayForATime() throws Exception {
        for (Absence how : List.of(Absence.UNAVAILABLE, Absence.BAD_GATEWAY, Absence.TOO_MANY_REQUESTS)) {
            simulator.faults().once(" /volume", new Fault.ServiceAway(how, 3));
            HttpResponse<String> answer = http.get(http.volumes());
            assertThat(answer.statusCode()).isIn(503, 502, 429);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("3");
            assertThat(answer.headers().firstValue("X-Openstack-Request-Id")).isEmpty();
        }
        simulator.faults().once(" /volume", new Fault.ServiceAway(Absence.CLOSED, null));
        assertThatThrownBy(() -> http.post(http.volumes(), "{}")).isInstanceOf(IOException.class);
        simulator.faults().during(Duration.ofHours(1), " /volume", new Fault.ServiceAway(null, null));
        assertThat(http.get(http.volumes()).statusCode()).isEqualTo(503);
        assertThat(http.get(SERVER).statusCode()).as("others are there").isEqualTo(200);
        simulator.faults().clear();
        simulator.faults().during(Duration.ZERO, " /volume", new Fault.ServiceAway(null, null));
        assertThat(http.get(http.volumes()).statusCode()).as("the time is over").isEqualTo(200);
        assertThat(simulator.faults().rules()).isEmpty();
    }

    @Test
    void withoutKeystoneNobodyLogsInAndServicesMayNotCheckTokens() throws Exception {
        simulator.faults().always(" /identity", new Fault.ServiceAway(null, null));
        simulator.faults().once(" /network", new Fault.TokensNotChecked());
        assertThat(http.get("/identity/v3/auth/catalog").statusCode()).isEqualTo(503);
        HttpResponse<String> unchecked = http.get(PORTS);
        assertThat(unchecked.statusCode()).isEqualTo(503);
        assertThat(unchecked.body()).contains("The server is currently unavailable.");
        assertThat(http.get(PORTS).statusCode()).as("tokens may be cached").isEqualTo(200);
    }

    @Test
    void anEarlierReleaseHasEarlierVersions() throws Exception {
        http.post("/simulator/faults", """
            {"kind": "HighestMicroversion", "match": " /compute", "version": "2.72"}\
            """);
        simulator.faults().always(" /volume", new Fault.HighestMicroversion("3.42"));
        assertThat(http.get("/compute/v2.1/").body()).contains("\"version\":\"2.72\"");
        assertThat(http.get("/volume/").body()).contains("\"version\":\"3.42\"");
        HttpResponse<String> tooNew = show("2.79");
        assertThat(tooNew.statusCode()).isEqualTo(406);
        assertThat(tooNew.body())
                .contains("Version 2.79 is not supported by the API. Minimum is 2.1 and maximum is 2.72.");
        assertThat(show("2.72").statusCode()).isEqualTo(200);
        HttpResponse<String> latest = show("latest");
        assertThat(latest.headers().firstValue("Openstack-Api-Version")).hasValue("compute 2.72");
        assertThat(latest.body()).contains("server_groups").doesNotContain("locked_reason");
        assertThat(http.post("/simulator/faults", """
            {"kind": "HighestMicroversion", "match": " /compute", "version": "new"}\
            """).statusCode()).isEqualTo(400);
    }

    @Test
    void aCatalogHasStrangeEndpoints() throws Exception {
        simulator.faults().always(".", new Fault.ExtraService("messaging-websocket", "ws://127.0.0.1:9000"));
        simulator.faults().always("tenant-a", new Fault.ExtraService("load-balancer", null));
        simulator.faults().always("tenant-z", new Fault.ExtraService("dns", "10.0.0.1:9001"));
        simulator.faults().always("^image$", new Fault.NotInCatalog());
        simulator.faults().always("^network$", new Fault.EndpointElsewhere("10.0.0.1:9696"));
        simulator.faults().always("^compute$", new Fault.EndpointUnversioned());
        JsonNode catalog = catalog();
        assertThat(url(catalog, "messaging-websocket")).isEqualTo("ws://127.0.0.1:9000");
        assertThat(endpoint(catalog, "load-balancer").path("url").isNull()).isTrue();
        assertThat(url(catalog, "network")).isEqualTo("10.0.0.1:9696");
        assertThat(url(catalog, "compute")).isEqualTo(simulator.url() + "/compute");
        assertThat(catalog.toString()).doesNotContain("\"image\"", "\"dns\"");
        assertThat(http.get("/compute").statusCode()).isEqualTo(200);
    }

    @Test
    void aCatalogHasSeveralRegions() throws Exception {
        simulator.faults().always("volumev3|network", new Fault.SecondRegion("Other", "http://127.0.0.1:1/"));
        simulator.faults().always("identity", new Fault.SecondRegion("Third", null));
        JsonNode catalog = catalog();
        assertThat(endpoint(catalog, "volumev3").path("region").asString()).isEqualTo("Other");
        assertThat(url(catalog, "volumev3")).isEqualTo("http://127.0.0.1:1/");
        assertThat(endpoint(catalog, "compute").path("region").asString()).isEqualTo("RegionOne");
        assertThat(url(catalog, "identity")).isEqualTo(simulator.authUrl());
        assertThat(catalog.findValuesAsString("region")).contains("Other", "Third", "RegionOne");
    }

    @Test
    void anEndpointRedirects() throws Exception {
        simulator.faults().always("^volumev3$", new Fault.EndpointMoved());
        String moved = url(catalog(), "volumev3");
        assertThat(moved).isEqualTo(simulator.url() + "/moved/volume/v3/" + Tenant.A.projectId());
        HttpResponse<String> answer = http.get(moved.substring(simulator.url().length()) + "/volumes?limit=1");
        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("Location")).hasValue(simulator.url() + http.volumes() + "?limit=1");
        simulator.faults().once(" /network", new Fault.Redirected(302, "https://cloud.example.com{path}"));
        HttpResponse<String> elsewhere = http.get(PORTS);
        assertThat(elsewhere.statusCode()).isEqualTo(302);
        assertThat(elsewhere.headers().firstValue("Location")).hasValue("https://cloud.example.com" + PORTS);
    }

    @Test
    void optionalPartsOfNeutronAreMissing() throws Exception {
        for (String alias : List.of("^router$", "^standard-attr-tag$", "^port-security$")) {
            simulator.faults().always(alias, new Fault.ExtensionMissing(null));
        }
        simulator.faults().always("^quota_details$", new Fault.ExtensionMissing(501));
        HttpResponse<String> floatingIps = http.get("/network/v2.0/floatingips");
        assertThat(floatingIps.statusCode()).isEqualTo(404);
        assertThat(floatingIps.body()).contains("\"code\":\"404 Not Found\"");
        assertThat(floatingIps.headers().firstValue("X-Openstack-Request-Id")).isPresent();
        HttpResponse<String> details = http.get("/network/v2.0/quotas/" + Tenant.A.projectId() + "/details.json");
        assertThat(details.statusCode()).isEqualTo(501);
        assertThat(details.body()).contains("HTTPNotImplemented");
        assertThat(http.get("/network/v2.0/quotas/" + Tenant.A.projectId()).statusCode())
                .isEqualTo(200);
        assertThat(http.get("/network/v2.0/extensions").body())
                .contains("\"quotas\"")
                .doesNotContain("\"router\"", "\"quota_details\"");
        assertThat(http.get(PORTS).body()).contains("mac_address").doesNotContain("\"tags\"", "port_security_enabled");
        assertThat(http.get(PORTS + "?tags=x").statusCode()).isEqualTo(400);
        String port = PORTS + "/" + Tenant.A.id("port/web-1-0");
        assertThat(http.send("PUT", port, "{\"port\": {\"port_security_enabled\": false}}")
                        .body())
                .contains("Unrecognized attribute(s) 'port_security_enabled'");
    }

    @Test
    void oneElementIsOddInListsAndAlone() throws Exception {
        simulator
                .faults()
                .always(
                        "^web-1$",
                        new Fault.OddField("server", "created", StringNode.valueOf("2026-01-01T00:00:00+00:00")));
        simulator.faults().always("^web-1$", new Fault.OddField("server", "name", StringNode.valueOf("a\0b\u202Ec")));
        simulator.faults().always("^app-1$", new Fault.OddField(null, "status", null));
        simulator.faults().always("^db-1$", new Fault.FieldMissing("server", "flavor.vcpus"));
        JsonNode servers = Json.MAPPER
                .readTree(
                        http.send("GET", "/compute/v2.1/servers/detail", null, "OpenStack-API-Version", "compute 2.79")
                                .body())
                .path("servers");
        JsonNode web = element(servers, Tenant.A.webServerId());
        assertThat(web.path("created").asString()).isEqualTo("2026-01-01T00:00:00+00:00");
        assertThat(web.path("name").asString()).isEqualTo("a\0b\u202Ec");
        JsonNode app = element(servers, Tenant.A.appServerId());
        assertThat(app.path("status").isNull()).isTrue();
        assertThat(app.path("flavor").has("vcpus")).isTrue();
        servers.forEach(server -> assertThat(server.path("flavor").has("vcpus"))
                .isEqualTo(!server.path("name").asString().equals("db-1")));
        assertThat(http.get(SERVER).body()).contains("\\u0000");
    }

    private HttpResponse<String> show(String version) throws Exception {
        return http.send("GET", SERVER, null, "OpenStack-API-Version", "compute " + version);
    }

    private JsonNode catalog() throws Exception {
        return Json.MAPPER
                .readTree(http.get("/identity/v3/auth/catalog").body())
                .path("catalog");
    }

    private static String url(JsonNode catalog, String type) {
        return endpoint(catalog, type).path("url").asString();
    }

    private static JsonNode endpoint(JsonNode catalog, String type) {
        return catalog.valueStream()
                .filter(service -> service.path("type").asString().equals(type))
                .findFirst()
                .orElseThrow()
                .path("endpoints")
                .path(0);
    }

    private static JsonNode element(JsonNode list, String id) {
        return list.valueStream()
                .filter(one -> one.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
