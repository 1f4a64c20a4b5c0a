package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Replacing and cancelling over REST through every part of the real pipeline, with the simulated cloud as ground truth.
 */
class ReplaceEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Tenant TENANT = Tenant.A;

    @TempDir
    private static Path directory;

    private static StandaloneServer server;
    private static RestClient admin;
    private static List<String> vms;

    @BeforeAll
    static void start() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        server = StandaloneServer.start(StandaloneSettings.fromEnvironment(InstantStandalone.environment(directory)));
        admin = new RestClient(server.instance().gateway())
                .signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
        vms = SampleCloud.addServers(server.simulator().cloud(), TENANT, 0, 5);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aVmIsReplacedAndKeepsNameAddressesAndMacs() {
        Server original = server(TENANT.webServerId()).orElseThrow();
        List<Port> before = portsOf(original.id());
        String jobId =
                plan(original.id(), TENANT.id("snapshot/web-1-weekly"), Map.of("ip_strategy", "SAME_IPS_OR_FAIL"));

        assertConfirmationDemanded(jobId, null);
        assertConfirmationDemanded(jobId, "delete and restore web-1");
        assertThat(execute(jobId, "DELETE AND RESTORE web-1").status()).isEqualTo(202);
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");
        assertThat(server(original.id())).isEmpty();
        Server restored =
                server(job.path("result").path("server_id").asString()).orElseThrow();
        assertThat(restored.name()).isEqualTo("web-1");
        assertThat(restored.spec().userData()).isEqualTo(original.spec().userData());
        assertThat(portsOf(restored.id()))
                .extracting(Port::macAddress)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(Port::macAddress).toList());
        assertThat(addresses(portsOf(restored.id()))).containsExactlyInAnyOrderElementsOf(addresses(before));
        assertThat(strings(job.path("leftovers"), "id")).containsExactly(TENANT.id("volume/web-1-boot"));
        assertThat(strings(job.path("next_actions")))
                .singleElement()
                .asString()
                .startsWith("Your disk as it was until ")
                .contains("volume \"web-1-boot\" (10 GiB, id " + TENANT.id("volume/web-1-boot") + "). It is kept");
    }

    @Test
    void aFailureAfterTheDeletionLeavesEverythingToFinishByHand() {
        String vm = vms.get(0);
        server.simulator().faults().once("^load-0$", new Fault.ServerFails(Fault.Stage.ABORT, "No power"));
        String jobId = plan(vm, SampleCloud.loadSnapshotId(TENANT, 0), Map.of("ip_strategy", "TRY_SAME_IPS"));

        execute(jobId, "DELETE AND RESTORE load-0");
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("FAILED");
        assertThat(job.path("failure").path("message").asString()).contains("No power");
        assertThat(server(vm)).isEmpty();
        assertThat(strings(job.path("steps"), "action"))
                .contains("rollback_server")
                .doesNotContain("rollback_port", "rollback_volume");
        String volume = made(job, "create_volume");
        String port = made(job, "create_port");
        assertThat(server.simulator().volumes()).anyMatch(kept -> kept.id().equals(volume));
        assertThat(server.simulator().ports()).anyMatch(kept -> kept.id().equals(port) && kept.isFree());
        assertThat(strings(job.path("next_actions")))
                .anySatisfy(action -> assertThat(action)
                        .startsWith("Make the server: openstack ")
                        .contains(" --os-project-id ", " server create --wait --flavor ")
                        .contains(" --volume " + volume, " --nic port-id=" + port)
                        .endsWith(" load-0"));
    }

    @Test
    void nobodyCancelsOnceTheOriginalIsBeingDeleted() {
        String vm = vms.get(1);
        server.simulator().faults().once("^load-1$", new Fault.ServerDeletionStuck());
        String jobId = plan(vm, SampleCloud.loadSnapshotId(TENANT, 1), Map.of());
        execute(jobId, "DELETE AND RESTORE load-1");
        admin.awaitJob(jobId, PATIENCE, job -> running(job, "delete_server"));

        RestClient.Answer refused = admin.post("/restore/cancel/" + jobId, Map.of());

        assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
        assertThat(admin.job(jobId).path("status").asString()).isEqualTo("RUNNING");
        String rival = admin.plan(TENANT.projectId(), vm, SampleCloud.loadSnapshotId(TENANT, 1), Map.of());
        RestClient.Answer busy = admin.post("/restore/execute", Map.of("plan_id", rival));
        assertThat(busy.status()).as(busy.toString()).isEqualTo(409);
        assertThat(busy.body().path("detail").asString()).contains(jobId);
    }

    @Test
    void cancellingEndsAWaitAtOnceAndNamesWhatIsLeft() {
        server.simulator().faults().once("^restored-load-2-", new Fault.VolumeStuck());
        String jobId = admin.plan(TENANT.projectId(), vms.get(2), SampleCloud.loadSnapshotId(TENANT, 2), Map.of());
        admin.execute(jobId);
        admin.awaitJob(
                jobId,
                PATIENCE,
                job -> running(job, "create_volume")
                        && !job.path("steps").path(2).path("resources").isEmpty());

        RestClient.Answer accepted = admin.post("/restore/cancel/" + jobId, Map.of("reason", "wrong snapshot"));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("CANCELLED");
        assertThat(job.path("cancellation").path("requested_by").asString()).isEqualTo(SampleCloud.ADMIN);
        assertThat(job.path("cancellation").path("reason").asString()).isEqualTo("wrong snapshot");
        assertThat(strings(job.path("leftovers"), "type")).containsExactly("VOLUME");
        assertThat(server.simulator().ports())
                .noneMatch(port -> port.settings().name().contains(jobId));
    }

    @Test
    void aCancelledPlanIsNotExecuted() {
        String jobId = admin.plan(TENANT.projectId(), vms.get(3), SampleCloud.loadSnapshotId(TENANT, 3), Map.of());
        admin.post("/restore/jobs/" + jobId + "/cancel", Map.of());
        assertThat(admin.awaitEnd(jobId, PATIENCE).path("status").asString()).isEqualTo("CANCELLED");

        assertThat(admin.post("/restore/execute", Map.of("plan_id", jobId)).status())
                .isEqualTo(409);
        assertThat(admin.post("/restore/cancel/" + jobId, Map.of()).status()).isEqualTo(409);
    }

    private static String plan(String vm, String snapshot, Map<String, String> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("mode", "REPLACE");
        return admin.plan(TENANT.projectId(), vm, snapshot, body);
    }

    private static RestClient.Answer execute(String jobId, @Nullable String confirmation) {
        Map<String, Object> body = new HashMap<>();
        body.put("plan_id", jobId);
        body.put("confirm_destructive", confirmation);
        return admin.post("/restore/execute", body);
    }

    private static void assertConfirmationDemanded(String jobId, @Nullable String confirmation) {
        RestClient.Answer refused = execute(jobId, confirmation);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.body().path("detail").asString())
                .contains("Destructive confirmation required", "DELETE AND RESTORE web-1");
    }

    private static boolean running(JsonNode job, String action) {
        return StreamSupport.stream(job.path("steps").spliterator(), false)
                .anyMatch(step -> step.path("action").asString().equals(action)
                        && step.path("status").asString().equals("RUNNING"));
    }

    private static String made(JsonNode job, String action) {
        return StreamSupport.stream(job.path("steps").spliterator(), false)
                .filter(step -> step.path("action").asString().equals(action))
                .map(step -> step.path("resources").path(0).path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Server> server(String id) {
        return server.simulator().servers().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst();
    }

    private static List<Port> portsOf(String serverId) {
        return server.simulator().ports().stream()
                .filter(port -> serverId.equals(port.deviceId()))
                .toList();
    }

    private static List<String> addresses(List<Port> ports) {
        return ports.stream()
                .flatMap(port -> port.fixedIps().stream())
                .map(FixedIp::ipAddress)
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
