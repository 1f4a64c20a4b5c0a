package io.vmrestore.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;

/** The whole service takes requests from a real broker, plans with the simulated cloud, and commands steps. */
class PlannerServiceTest extends WholePlanner {
    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    private TopicReader topics;

    @BeforeEach
    void read() {
        topics = TopicReader.ofEverything(TestInfrastructure.kafkaBootstrapServers());
    }

    @AfterEach
    void stopReading() {
        topics.close();
    }

    @Test
    void plansARequestAndCommandsTheFirstStepsOfItsExecution() {
        UUID job = UUID.randomUUID();
        request(job, TENANT.webServerId(), TENANT.id("snapshot/web-1-weekly"));

        PlanCreated created = topics.awaitEvent(job, PlanCreated.class);
        assertThat(created.plan().eligible()).as("%s", created.plan().reasons()).isTrue();

        UUID execution = UUID.randomUUID();
        kafka.send(EventCodec.encode(
                        new ExecutionRequested(job, TENANT.webServerId(), Instant.now(), execution, "olga")))
                .join();

        assertThat(topics.awaitEvent(job, RestoreStarted.class).executionId()).isEqualTo(execution);
        List<RunStep> commands = topics.awaitSteps(job, 2);
        assertThat(commands)
                .extracting(command -> command.step().action())
                .containsExactlyInAnyOrder(Action.VALIDATE, Action.CHECK_QUOTA);
    }

    @Test
    void rejectsARequestThatCannotBeCarriedOut() {
        UUID job = UUID.randomUUID();
        request(job, TENANT.statelessServerId(), TENANT.id("snapshot/web-1-weekly"));

        assertThat(topics.awaitEvent(job, PlanRejected.class).failure().message())
                .endsWith("boots from an image: it has no boot volume whose snapshot could be restored");
    }

    @Test
    void planAndListForOthersWhileOneProjectGetsNoAnswers() throws Exception {
        Tenant slow = Tenant.B;
        String rule = cloud.faults()
                .always("^GET .*" + slow.projectId() + "/", new Fault.Slow(Duration.ofMinutes(10)))
                .id();
        try (HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<String>> slowList = client.sendAsync(
                    inventoryRequest("/projects/" + slow.projectId() + "/vms", token("viewer", SECRET)),
                    HttpResponse.BodyHandlers.ofString());
            List<UUID> hanging = new ArrayList<>();
            for (int number = 0; number < 3 * WINDOW; number++) {
                UUID job = UUID.randomUUID();
                hanging.add(job);
                request(job, slow.webServerId(), slow.id("snapshot/web-1-weekly"), slow);
            }

            UUID other = UUID.randomUUID();
            request(other, TENANT.webServerId(), TENANT.id("snapshot/web-1-weekly"));
            assertThat(topics.awaitEvent(other, PlanCreated.class).plan().eligible())
                    .isTrue();
            HttpResponse<String> list = inventory("/projects/" + TENANT.projectId() + "/vms", token("viewer", SECRET));
            assertThat(list.statusCode()).isEqualTo(200);

            assertThat(hanging).allSatisfy(job -> {
                assertThat(topics.events(job, PlanCreated.class)).isEmpty();
                assertThat(topics.events(job, PlanRejected.class)).isEmpty();
            });
            assertThat(slowList).isNotDone();
            slowList.cancel(true);
        } finally {
            cloud.faults().remove(rule);
        }
    }

    @Test
    void isReadyAndShowsItsMeters() throws Exception {
        topics.awaitTrue("ready", () -> get("/actuator/health/readiness").statusCode() == 200);
        assertThat(get("/actuator/health").body()).contains("\"dispatch\"", "\"planning\"", "\"RUNNING\"");
        assertThat(get("/actuator/prometheus").body())
                .contains("restore_dispatch_events_total", "restore_intake_in_flight", "restore_dispatch_running 1.0")
                .containsPattern("restore_dispatch_lag \\d");
    }

    private void request(UUID job, String vmId, String snapshotId) {
        request(job, vmId, snapshotId, TENANT);
    }

    private void request(UUID job, String vmId, String snapshotId, Tenant tenant) {
        kafka.send(EventCodec.encode(new RestoreRequested(
                        job,
                        vmId,
                        Instant.now(),
                        tenant.projectId(),
                        snapshotId,
                        RestoreMode.NEW,
                        null,
                        IpStrategy.NEW_IPS,
                        "olga")))
                .join();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + environment.getProperty("local.management.port") + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
