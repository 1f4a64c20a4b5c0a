package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.SampleCredentials;
import io.vmrestore.standalone.server.Service;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Real processes, killed with -9 at the worst moments: the restore ends COMPLETED all the same, and the cloud holds
 * exactly one volume, one server and the ports of the plan.
 */
class ProcessDeathTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Tenant TENANT = Tenant.A;
    // Longer than the killed process lives, so that it never learns that its call was carried out.
    private static final Duration NEVER_IN_TIME = Duration.ofMinutes(5);

    private static Fleet fleet;
    private static RestClient admin;

    @BeforeAll
    static void start() {
        Simulator simulator = Simulator.start(SimulatorSettings.instant()
                .withLatencies(Latencies.of(Duration.ofMillis(300), Duration.ofMillis(500))));
        fleet = new Fleet(simulator, SampleCredentials.of(simulator));
        admin = fleet.startAll().signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @Test
    void anExecutorDiesRightAfterTheCloudAcceptedTheVolume() {
        executorDiesAfter("POST .*/volumes$", "volume-death", jobId -> volumesOf(jobId) == 1);
    }

    @Test
    void anExecutorDiesRightAfterTheCloudAcceptedAPort() {
        executorDiesAfter("POST .*/ports$", "port-death", jobId -> portsOf(jobId) == 2);
    }

    @Test
    void anExecutorDiesRightAfterTheCloudAcceptedTheServer() {
        executorDiesAfter("POST .*/servers$", "server-death", jobId -> servers("server-death") == 1);
    }

    @Test
    void thePlannerDiesInTheMiddle() {
        String jobId = plan("planner-death");
        admin.execute(jobId);
        admin.awaitJob(
                jobId,
                PATIENCE,
                job -> job.path("progress").path("completed_steps").asInt() >= 2);

        fleet.kill(Service.PLANNER);
        fleet.start(Service.PLANNER);

        assertRestoredOnce(jobId, "planner-death");
    }

    private static void executorDiesAfter(String call, String name, Predicate<String> accepted) {
        String jobId = plan(name);
        fleet.simulator().faults().once(call, new Fault.LateAnswer(NEVER_IN_TIME));
        admin.execute(jobId);
        await().atMost(PATIENCE).until(() -> accepted.test(jobId));

        fleet.kill(Service.EXECUTOR);
        fleet.start(Service.EXECUTOR);

        assertRestoredOnce(jobId, name);
    }

    private static String plan(String name) {
        return admin.plan(
                TENANT.projectId(),
                TENANT.webServerId(),
                TENANT.id("snapshot/web-1-daily"),
                Map.of("new_vm_name", name));
    }

    private static void assertRestoredOnce(String jobId, String name) {
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);
        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");
        assertThat(servers(name)).isEqualTo(1);
        assertThat(volumesOf(jobId)).isEqualTo(1);
        assertThat(portsOf(jobId))
                .isEqualTo(job.path("plan").path("nics").size())
                .isEqualTo(2);
        assertThat(job.path("leftovers")).isEmpty();
    }

    private static long servers(String name) {
        return fleet.simulator().servers().stream()
                .filter(server -> server.name().equals(name))
                .count();
    }

    private static long volumesOf(String jobId) {
        return fleet.simulator().volumes().stream()
                .filter(volume -> volume.spec().metadata().toString().contains(jobId))
                .count();
    }

    private static long portsOf(String jobId) {
        return fleet.simulator().ports().stream()
                .filter(port -> port.settings().name().contains(jobId))
                .count();
    }
}
