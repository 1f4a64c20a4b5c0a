package io.vmrestore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorHttpTest {
    private static final String NEW_VOLUME = """
        {"volume": {"name": "restored", "snapshot_id": "%s", "metadata": {"job": "42"}}}\
        """.formatted(Tenant.A.id("snapshot/web-1-daily"));

    private final Simulator simulator = Simulator.start(SimulatorSettings.instant());
    private final HttpCaller http = HttpCaller.serviceUser(simulator, Tenant.A);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aLostAnswerWasNeverthelessAccepted() {
        simulator.faults().once("POST .*/volumes$", new Fault.LoseAnswer());
        assertThatThrownBy(() -> http.post(http.volumes(), NEW_VOLUME)).isInstanceOf(IOException.class);
        assertThat(simulator.volumes())
                .filteredOn(volume -> "42".equals(volume.spec().metadata().get("job")))
                .hasSize(1);
    }

    @Test
    void aDroppedRequestWasNotAccepted() {
        simulator.faults().once("POST .*/volumes$", new Fault.DropRequest());
        assertThatThrownBy(() -> http.post(http.volumes(), NEW_VOLUME)).isInstanceOf(IOException.class);
        assertThat(simulator.volumes())
                .extracting(volume -> volume.spec().name())
                .doesNotContain("restored");
    }

    @Test
    void aFaultyAnswerIsGivenAsOftenAsWanted() throws Exception {
        simulator.faults().add("GET .*/servers/detail", 2, new Fault.Answer(503, "busy", 1));
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = http.get("/compute/v2.1/servers/detail");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("busy");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        }
        assertThat(http.get("/compute/v2.1/servers/detail").statusCode()).isEqualTo(200);
    }

    @Test
    void aSlowCallIsAnsweredLate() throws Exception {
        simulator.faults().once("GET .*/flavors", new Fault.Slow(Duration.ofMillis(300)));
        long start = System.nanoTime();
        assertThat(http.get("/compute/v2.1/flavors").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void faultsCanBeManagedOverHttp() throws Exception {
        HttpResponse<String> added = http.post("/simulator/faults", """
            {"match": "^doomed$", "times": 3, "kind": "ServerFails", "stage": "ABORT", "message": "as told"}\
            """);
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        http.post("/simulator/faults", """
            {"match": "GET /network", "kind": "Slow", "delay": "PT0.01S"}\
            """);
        assertThat(simulator.faults().rules())
                .extracting(rule -> rule.fault().getClass().getSimpleName() + " " + rule.times())
                .containsExactly("ServerFails 3", "Slow 1");
        assertThat(http.get("/simulator/faults").body()).contains("\"stage\":\"ABORT\"", "\"kind\":\"Slow\"");
        assertThat(http.delete("/simulator/faults/1").statusCode()).isEqualTo(204);
        assertThat(http.delete("/simulator/faults/1").statusCode()).isEqualTo(404);
        assertThat(http.delete("/simulator/faults").statusCode()).isEqualTo(204);
        assertThat(simulator.faults().rules()).isEmpty();
    }

    @Test
    void everyNthCallCanFail() throws Exception {
        http.post("/simulator/faults", """
            {"match": "GET .*/flavors", "every": 2, "times": 2, "kind": "Answer", "status": 429, "retryAfter": 3}\
            """);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer = http.get("/compute/v2.1/flavors");
            statuses.add(answer.statusCode());
            assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(answer.statusCode() == 429);
        }
        assertThat(statuses).containsExactly(200, 429, 200, 429, 200);
    }

    @Test
    void aTokenCanBeRevokedInTheMiddle() throws Exception {
        simulator.faults().once("GET .*/ports", new Fault.RevokeToken());
        assertThat(http.get("/compute/v2.1/flavors").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = http.get("/network/v2.0/ports");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Www-Authenticate")).isPresent();
        assertThat(http.get("/compute/v2.1/flavors").statusCode()).isEqualTo(401);
        HttpCaller again = HttpCaller.serviceUser(simulator, Tenant.A);
        assertThat(again.get("/network/v2.0/ports").statusCode()).isEqualTo(200);
        again.delete("/simulator/tokens?user=" + SampleCloud.SERVICE_USER);
        assertThat(again.get("/network/v2.0/ports").statusCode()).isEqualTo(401);
    }

    @Test
    void serversCanBeAddedOverHttp() throws Exception {
        int before = simulator.servers().size();
        String wanted = "{\"tenant\": \"tenant-b\", \"count\": 2}";
        assertThat(http.post("/simulator/servers", wanted).statusCode()).isEqualTo(201);
        assertThat(http.post("/simulator/servers", wanted).statusCode()).isEqualTo(201);
        assertThat(simulator.servers()).hasSize(before + 4);
        assertThat(http.post("/simulator/servers", "{\"tenant\": \"tenant-z\"}").body())
                .contains("'tenant' is to name a tenant of the sample cloud");
        assertThat(http.post("/simulator/servers", "{\"tenant\": \"tenant-a\", \"count\": 0}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aBadFaultIsRefusedWithTheReason() throws Exception {
        assertThat(http.post("/simulator/faults", "{\"kind\": \"LoseAnswer\"}").body())
                .contains("'match' is missing");
        HttpResponse<String> unknown = http.post("/simulator/faults", "{\"match\": \"x\", \"kind\": \"Nonsense\"}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("Not a fault", "Nonsense");
        assertThat(http.post("/simulator/faults", "{\"match\": \"(\", \"kind\": \"LoseAnswer\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aPortChangesOnlyAtTheExpectedRevision() throws Exception {
        String path = "/network/v2.0/ports/" + Tenant.A.id("port/app-1-0");
        String body = "{\"port\": {\"description\": \"x\"}}";
        HttpResponse<String> stale = http.send("PUT", path, body, "If-Match", "revision_number=1");
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.body()).contains("Constrained to 1, but current revision is 3");
        assertThat(http.send("PUT", path, body, "If-Match", "revision_number=3").statusCode())
                .isEqualTo(200);
    }

    @Test
    void serversAreFoundByTagAndByChange() throws Exception {
        HttpResponse<String> tagged = http.send(
                "GET", "/compute/v2.1/servers?tags=production", null, "OpenStack-API-Version", "compute 2.52");
        assertThat(tagged.body()).contains(Tenant.A.webServerId()).doesNotContain(Tenant.A.appServerId());
        http.delete("/compute/v2.1/servers/" + Tenant.A.appServerId());
        assertThat(http.get("/compute/v2.1/servers").body()).doesNotContain(Tenant.A.appServerId());
        HttpResponse<String> changed = http.get("/compute/v2.1/servers/detail?changes-since=2026-01-01T00:00:00Z");
        assertThat(changed.body()).contains(Tenant.A.appServerId(), "DELETED");
    }

    @Test
    void stateSurvivesARestartAndAKill(@TempDir Path directory) throws Exception {
        SimulatorSettings settings = SimulatorSettings.instant().withDataDirectory(directory);
        String volume;
        Simulator killed = Simulator.start(settings);
        HttpCaller client = HttpCaller.serviceUser(killed, Tenant.A);
        volume = client.id(client.post(client.volumes(), NEW_VOLUME));
        http.delete("/compute/v2.1/servers/" + Tenant.A.appServerId());
        // Nothing is closed: a second simulator reads what the first one wrote before its answer.
        try (Simulator second = Simulator.start(settings)) {
            assertThat(second.volumes()).extracting(Volume::id).contains(volume);
            assertThat(HttpCaller.withTokenOf(client, second)
                            .get("/volume/v3/" + Tenant.A.projectId() + "/volumes/" + volume)
                            .statusCode())
                    .as("tokens survive as well")
                    .isEqualTo(200);
        }
        killed.close();
    }

    @Test
    void delaysAreReal() throws Exception {
        try (Simulator slow = Simulator.start(
                SimulatorSettings.instant().withLatencies(Latencies.of(Duration.ofMillis(200), Duration.ZERO)))) {
            HttpCaller client = HttpCaller.serviceUser(slow, Tenant.A);
            String id = client.id(client.post(client.volumes(), NEW_VOLUME));
            String path = client.volumes() + "/" + id;
            assertThat(client.get(path).body()).contains("\"status\":\"creating\"");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(client.get(path).body()).contains("\"status\":\"available\""));
        }
    }

    @Test
    void loadServersHaveASnapshotEach() throws Exception {
        int before = simulator.servers().size();
        assertThat(SampleCloud.addServers(simulator.cloud(), Tenant.A, 0, 300)).hasSize(300);
        assertThat(simulator.servers()).hasSize(before + 300);
        HttpResponse<String> snapshot = http.get(
                "/volume/v3/" + Tenant.A.projectId() + "/snapshots/" + SampleCloud.loadSnapshotId(Tenant.A, 299));
        assertThat(snapshot.statusCode()).isEqualTo(200);
    }
}
