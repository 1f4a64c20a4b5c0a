package io.vmrestore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.simulator.web.Json;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an operator changes in Nova has the effect that it has there. */
class OperatorChangesTest {
    private final Simulator simulator = Simulator.start(SimulatorSettings.instant());
    private final HttpCaller admin =
            HttpCaller.login(simulator, SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, Tenant.A);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void theKeyPairQuotaIsKept() throws Exception {
        String quota = "/compute/v2.1/os-quota-sets/" + Tenant.A.projectId();
        assertThat(admin.send("PUT", quota, "{\"quota_set\": {\"key_pairs\": 0}}")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused =
                HttpCaller.serviceUser(simulator, Tenant.A).post("/compute/v2.1/os-keypairs", """
                    {"keypair": {"name": "one-more", "public_key": "ssh-ed25519 AAAA x"}}\
                    """);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .isEqualTo("{\"forbidden\":{\"code\":403,\"message\":\"Quota exceeded, too many key pairs.\"}}");
    }

    @Test
    void onePortIsNotPluggedInTwice() throws Exception {
        String port = admin.id(admin.post("/network/v2.0/ports", """
            {"port": {"network_id": "%s"}}\
            """.formatted(Tenant.A.frontNetworkId())));
        HttpResponse<String> refused = admin.post(
                "/compute/v2.1/servers", """
                    {"server": {"name": "twice", "flavorRef": "%s", "imageRef": "%s",
                      "networks": [{"port": "%s"}, {"port": "%s"}]}}\
                    """.formatted(SampleCloud.FLAVOR_MEDIUM_ID, SampleCloud.IMAGE_ID, port, port));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("Port ID '" + port + "' was specified twice: you cannot attach a port multiple times.");
    }

    @Test
    void aDisabledHostTakesNoServer() throws Exception {
        String[] version = {"OpenStack-API-Version", "compute 2.79"};
        String services = "/compute/v2.1/os-services";
        JsonNode compute = Json.MAPPER
                .readTree(admin.send("GET", services + "?binary=nova-compute", null, version)
                        .body())
                .path("services")
                .path(0);
        HttpResponse<String> disabled =
                admin.send("PUT", services + "/" + compute.path("id").asString(), """
                    {"status": "disabled", "disabled_reason": "test"}\
                    """, version);
        assertThat(disabled.statusCode()).as(disabled.body()).isEqualTo(200);
        assertThat(disabled.body()).contains("\"status\":\"disabled\"", "\"disabled_reason\":\"test\"");
        String server = admin.id(admin.send(
                "POST",
                "/compute/v2.1/servers",
                """
                {"server": {"name": "homeless", "flavorRef": "%s", "imageRef": "%s", "networks": "none"}}\
                """.formatted(SampleCloud.FLAVOR_MEDIUM_ID, SampleCloud.IMAGE_ID),
                version));
        assertThat(admin.get("/compute/v2.1/servers/" + server).body()).contains("No valid host was found");
    }
}
