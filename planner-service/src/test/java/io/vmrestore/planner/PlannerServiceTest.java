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
import io.vmrestore.embedded.testing.KafkaTestConfiguration;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.simulator.SampleCloud;
import io.vmrestore.simulator.SampleCloud.Tenant;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service between a real broker and the simulated cloud. */
@SpringBootTest(
        classes = PlannerApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=planner-service", "management.server.port=0"})
@Import(KafkaTestConfiguration.class)
@DirtiesContext
class PlannerServiceTest {
    private static final Simulator CLOUD = Simulator.start(SimulatorSettings.instant());
    private static final Tenant TENANT = Tenant.A;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private Environment environment;

    private TopicReader topics;

    @DynamicPropertySource
    static void environment(DynamicPropertyRegistry variables) {
        variables.add("OS_AUTH_URL", CLOUD::authUrl);
        variables.add("OS_USERNAME", () -> SampleCloud.ADMIN);
        variables.add("OS_PASSWORD", () -> SampleCloud.ADMIN_PASSWORD);
        variables.add("OS_PROJECT_NAME", () -> "service");
        variables.add("SNAPSHOT_SERVICE_USER_EMAIL", () -> SampleCloud.SERVICE_USER);
        variables.add("SNAPSHOT_SERVICE_USER_PASSWORD", () -> SampleCloud.SERVICE_USER_PASSWORD);
        variables.add("SNAPSHOT_SERVICE_USER_DOMAIN", () -> "Default");
        variables.add("RESTORE_ENCRYPTION_KEY", () -> Base64.getEncoder().encodeToString(new byte[32]));
        variables.add("RESTORE_TOPIC_PARTITIONS", () -> "3");
    }

    @BeforeEach
    void read() {
        topics = TopicReader.ofEverything(TestInfrastructure.kafkaBootstrapServers());
    }

    @AfterEach
    void stopReading() {
        topics.close();
    }

    @AfterAll
    static void stopCloud() {
        CLOUD.close();
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
    void isReadyAndShowsItsMeters() throws Exception {
        topics.awaitTrue("ready", () -> get("/actuator/health/readiness").statusCode() == 200);
        assertThat(get("/actuator/health").body()).contains("\"dispatch\"", "\"planning\"", "\"RUNNING\"");
        assertThat(get("/actuator/prometheus").body())
                .contains("restore_dispatch_events_total", "restore_intake_in_flight", "restore_dispatch_running 1.0")
                .containsPattern("restore_dispatch_lag \\d");
    }

    private void request(UUID job, String vmId, String snapshotId) {
        kafka.send(EventCodec.encode(new RestoreRequested(
                        job,
                        vmId,
                        Instant.now(),
                        TENANT.projectId(),
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
