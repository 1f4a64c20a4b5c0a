package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Services of the cloud are away while the real pipeline is at work: what clients read, and how restores end. */
class OutageEndToEndTest {
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
        vms = SampleCloud.addServers(server.simulator().cloud(), TENANT, 0, 3);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aReplacementWhoseNetworkServiceIsAwayAfterTheDeletionWaitsAndIsCompleted() {
        String jobId = admin.plan(
                TENANT.projectId(),
                vms.get(0),
                SampleCloud.loadSnapshotId(TENANT, 0),
                Map.of("mode", "REPLACE", "ip_strategy", "SAME_IPS_OR_FAIL"));
        FaultRule away = server.simulator()
                .faults()
                .always("^GET .*/v2.0/ports/", new Fault.Answer(503, "The server is currently unavailable", null));
        admin.post("/restore/execute", Map.of("plan_id", jobId, "confirm_destructive", "DELETE AND RESTORE load-0"));

        JsonNode waiting = admin.awaitJob(
                jobId, PATIENCE, job -> step(job, "create_port", "waiting_for").isObject());
        assertThat(server.simulator().servers())
                .as("the original is gone")
                .noneMatch(original -> original.id().equals(vms.get(0)));
        JsonNode service = step(waiting, "create_port", "waiting_for");
        assertThat(service.path("service").asString()).isEqualTo("network");
        assertThat(service.path("last_answer").asString()).startsWith("503 ");
        assertThat(service.path("since").asString()).isNotEmpty();
        server.simulator().faults().remove(away.id());
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");
        assertThat(job.path("steps")).allSatisfy(step -> {
            assertThat(step.path("attempt").asInt())
                    .as(step.path("action").asString())
                    .isEqualTo(1);
            assertThat(step.path("waiting_for").isNull()).isTrue();
        });
        assertThat(server.simulator().servers())
                .filteredOn(restored -> restored.name().equals("load-0"))
                .hasSize(1);
    }

    @Test
    void aRestoreThatWaitsForAServiceIsCancelledAtOnce() {
        String jobId = admin.plan(TENANT.projectId(), vms.get(1), SampleCloud.loadSnapshotId(TENANT, 1), Map.of());
        FaultRule away = server.simulator().faults().always("^POST .*/volumes$", new Fault.Answer(503, "down", 60));
        admin.execute(jobId);
        admin.awaitJob(
                jobId,
                PATIENCE,
                job -> step(job, "create_volume", "waiting_for").isObject());

        assertThat(admin.post("/restore/cancel/" + jobId, Map.of()).status()).isEqualTo(202);
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);
        server.simulator().faults().remove(away.id());

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("CANCELLED");
        assertThat(Duration.between(instant(job, "started_at"), instant(job, "completed_at")))
                .as("not for as long as the service asks to wait")
                .isLessThan(Duration.ofSeconds(50));
        assertThat(job.path("leftovers")).isEmpty();
    }

    private static Instant instant(JsonNode job, String field) {
        return Instant.parse(job.path(field).asString());
    }

    private static JsonNode step(JsonNode job, String action, String field) {
        Optional<JsonNode> found = StreamSupport.stream(job.path("steps").spliterator(), false)
                .filter(step -> step.path("action").asString().equals(action))
                .findFirst();
        return found.orElseThrow().path(field);
    }
}
