package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Restores over REST through every part of the real pipeline, with the simulated cloud as ground truth. */
class RestoreEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Tenant TENANT = Tenant.A;
    private static final String WEEKLY = TENANT.id("snapshot/web-1-weekly");

    @TempDir
    private static Path directory;

    private static StandaloneServer server;
    private static RestClient admin;

    @BeforeAll
    static void start() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        server = StandaloneServer.start(StandaloneSettings.fromEnvironment(InstantStandalone.environment(directory)));
        admin = client().signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aVmComesBackBesideTheOriginalWithWhatItHad() {
        Server original = server(TENANT.webServerId());

        String jobId = admin.plan(TENANT.projectId(), original.id(), WEEKLY, Map.of("new_vm_name", "web-1-back"));
        admin.execute(jobId);
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");
        assertThat(job.path("progress").path("percent").asInt()).isEqualTo(100);
        JsonNode result = job.path("result");
        Server restored = server(result.path("server_id").asString());
        assertThat(restored.name()).isEqualTo("web-1-back");
        assertThat(restored.projectId()).isEqualTo(TENANT.projectId());
        assertThat(restored.spec().metadata())
                .containsAllEntriesOf(original.spec().metadata());
        assertThat(restored.spec().userData())
                .isNotEmpty()
                .isEqualTo(original.spec().userData());
        assertThat(restored.spec().flavor()).isEqualTo(original.spec().flavor());
        assertThat(volumesOf(jobId)).singleElement().satisfies(volume -> {
            assertThat(volume.id()).isEqualTo(result.path("volume_id").asString());
            assertThat(volume.spec().snapshotId()).isEqualTo(WEEKLY);
        });
        assertThat(serversOf(jobId)).singleElement().isEqualTo(restored);
        List<String> ports = strings(result.path("port_ids"));
        assertThat(ports).hasSize(2);
        assertThat(portsOf(restored.id())).extracting(Port::id).containsExactlyInAnyOrderElementsOf(ports);
        assertThat(server(original.id())).as("the original is untouched").isEqualTo(original);
    }

    @Test
    void aFailingServerEndsTheJobFailedWithTheCloudsOwnWordsAndIsRolledBack() {
        server.simulator()
                .faults()
                .once("^doomed$", new Fault.ServerFails(Fault.Stage.ABORT, "Disk of the hypervisor is full"));

        String jobId = admin.plan(
                TENANT.projectId(),
                TENANT.appServerId(),
                TENANT.id("snapshot/app-1-daily"),
                Map.of("new_vm_name", "doomed"));
        admin.execute(jobId);
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("FAILED");
        assertThat(job.path("failure").path("kind").asString()).isEqualTo("resource-failed");
        assertThat(job.path("failure").path("message").asString()).contains("Disk of the hypervisor is full");
        assertThat(job.path("failure").path("request_id").asString()).startsWith("req-");
        assertThat(serversOf(jobId)).isEmpty();
        assertThat(server.simulator().ports())
                .noneMatch(port -> port.settings().name().contains(jobId));
        assertThat(strings(job.path("steps"), "action"))
                .containsSubsequence("finalize", "rollback_server", "rollback_port");
        assertThat(volumesOf(jobId))
                .singleElement()
                .satisfies(volume ->
                        assertThat(strings(job.path("leftovers"), "id")).containsExactly(volume.id()));
    }

    @Test
    void aTakenAddressFailsTheStrictStrategyAndNamesTheAddress() {
        String jobId = admin.plan(
                TENANT.projectId(),
                TENANT.appServerId(),
                TENANT.id("snapshot/app-1-daily"),
                Map.of("ip_strategy", "SAME_IPS_OR_FAIL"));
        admin.execute(jobId);
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("FAILED");
        assertThat(job.path("failure").path("kind").asString()).isEqualTo("address-not-available");
        assertThat(job.path("failure").path("message").asString())
                .contains(job.path("plan")
                        .path("nics")
                        .path(0)
                        .path("original_ips")
                        .path(0)
                        .path("ip_address")
                        .asString());
        assertThat(server.simulator().ports())
                .noneMatch(port -> port.settings().name().contains(jobId));
    }

    @Test
    void aTakenAddressIsReplacedWhenTheStrategyOnlyTries() {
        String jobId = admin.plan(
                TENANT.projectId(),
                TENANT.appServerId(),
                TENANT.id("snapshot/app-1-daily"),
                Map.of("ip_strategy", "TRY_SAME_IPS"));
        admin.execute(jobId);
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");
        assertThat(strings(job.path("result").path("differences"), "field")).contains("nics[0].ips");
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        String unknown = UUID.randomUUID().toString();

        assertProblem(404, "vm-not-found", TENANT.projectId(), unknown, WEEKLY);
        assertProblem(404, "restore-point-not-found", TENANT.projectId(), TENANT.webServerId(), unknown);
        assertProblem(404, "project-not-found", unknown.replace("-", ""), TENANT.webServerId(), WEEKLY);
        assertProblem(404, "vm-not-found", Tenant.B.projectId(), TENANT.webServerId(), WEEKLY);
    }

    @Test
    void whatDoesNotFitTogetherIsUnprocessable() {
        assertProblem(
                422,
                "restore-point-mismatch",
                TENANT.projectId(),
                TENANT.webServerId(),
                TENANT.id("snapshot/app-1-daily"));
        assertProblem(
                422,
                "restore-point-mismatch",
                TENANT.projectId(),
                TENANT.webServerId(),
                Tenant.B.id("snapshot/web-1-weekly"));
        assertProblem(422, "boot-from-image", TENANT.projectId(), TENANT.statelessServerId(), WEEKLY);
    }

    @Test
    void aViewerMayLookButNotPlan() {
        RestClient viewer = client().signedIn("reader@company.com", SampleCloud.ROLE_USER_PASSWORD, "tenant-a");

        assertThat(viewer.get("/restore/jobs").status()).isEqualTo(200);
        RestClient.Answer refused = viewer.post(
                "/restore/plan",
                Map.of("project_id", TENANT.projectId(), "vm_id", TENANT.webServerId(), "restore_point_id", WEEKLY));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("detail").asString()).contains("restore:write");
    }

    /**
     * Not a timed test: it shows what one run measured, from the accepted execution to COMPLETED readable over REST.
     */
    @Test
    void thePipelinesOwnOverheadIsPrinted() {
        int warmUp = 100;
        int measured = 30;
        List<String> vms = SampleCloud.addServers(server.simulator().cloud(), TENANT, 0, warmUp + measured);
        List<Long> micros = new ArrayList<>();
        for (int number = 0; number < warmUp + measured; number++) {
            String jobId = admin.plan(
                    TENANT.projectId(), vms.get(number), SampleCloud.loadSnapshotId(TENANT, number), Map.of());
            admin.execute(jobId);
            long accepted = System.nanoTime();
            JsonNode job = admin.awaitEnd(jobId, PATIENCE);
            if (number >= warmUp) {
                micros.add((System.nanoTime() - accepted) / 1000);
            }
            assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");
        }
        micros.sort(null);
        System.out.printf(
                "Pipeline overhead of a restore on a cloud with zero delays, %d restores: p50 %.1f ms, p90 %.1f ms%n",
                measured, micros.get(measured / 2) / 1000.0, micros.get(measured * 9 / 10) / 1000.0);
    }

    private static void assertProblem(int status, String kind, String project, String vm, String snapshot) {
        Map<String, String> body = new HashMap<>();
        body.put("project_id", project);
        body.put("vm_id", vm);
        body.put("restore_point_id", snapshot);
        RestClient.Answer answer = admin.post("/restore/plan", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.body().path("type").asString()).endsWith(kind);
    }

    private static RestClient client() {
        return new RestClient(server.instance().gateway());
    }

    private static Server server(String id) {
        return server.simulator().servers().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<Server> serversOf(String jobId) {
        return server.simulator().servers().stream()
                .filter(candidate -> candidate.spec().metadata().toString().contains(jobId))
                .toList();
    }

    private static List<Volume> volumesOf(String jobId) {
        return server.simulator().volumes().stream()
                .filter(volume -> volume.spec().metadata().toString().contains(jobId))
                .toList();
    }

    private static List<Port> portsOf(String serverId) {
        return server.simulator().ports().stream()
                .filter(port -> serverId.equals(port.deviceId()))
                .toList();
    }

    private static List<String> strings(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static List<String> strings(JsonNode values, String field) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(value -> value.path(field).asString())
                .toList();
    }
}
