package io.vmrestore.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
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
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.support.access.ServiceToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

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
    private static final int WINDOW = 4;
    private static final String SECRET = "a test secret that is long enough for HS256";
    private static final String REQUEST_ID = "req-0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";

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
        variables.add("RESTORE_JWT_SECRET", () -> SECRET);
        variables.add("RESTORE_ENCRYPTION_KEY", () -> Base64.getEncoder().encodeToString(new byte[32]));
        variables.add("RESTORE_TOPIC_PARTITIONS", () -> "3");
        variables.add("RESTORE_PLANNING_WINDOW", () -> Integer.toString(WINDOW));
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
    void planAndListForOthersWhileOneProjectGetsNoAnswers() throws Exception {
        Tenant slow = Tenant.B;
        String rule = CLOUD.faults()
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
            CLOUD.faults().remove(rule);
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

    @Test
    void tellsTheInventoryToWhoeverMayRead() throws Exception {
        HttpResponse<String> vms = inventory("/projects/" + TENANT.projectId() + "/vms", token("viewer", SECRET));

        assertThat(vms.statusCode()).as(vms.body()).isEqualTo(200);
        JsonNode list = Json.MAPPER.readTree(vms.body());
        assertThat(list.path("project").path("name").asString()).isEqualTo("tenant-a");
        JsonNode stateless = list.path("vms").path(2);
        assertThat(stateless.path("name").asString()).isEqualTo("stateless-1");
        assertThat(stateless.path("boot_mode").asString()).isEqualTo("image");
        assertThat(stateless.path("restorable").asBoolean()).isFalse();
        assertThat(stateless.path("boot_volume_id").isNull()).isTrue();
        assertThat(inventory("/projects", token("operator", SECRET)).body()).contains("\"tenant-b\"");
        assertThat(inventory("/snapshots?tenant_name=tenant-a", token("admin", SECRET))
                        .body())
                .contains("\"web-1-weekly\"");
        assertThat(inventory(
                                "/vms/" + TENANT.webServerId() + "/restore-points?project_id=" + TENANT.projectId(),
                                token("superadmin", SECRET))
                        .body())
                .contains("\"of_present_boot_volume\":true");
    }

    @Test
    void tellsTheInventoryToNobodyElse() throws Exception {
        assertThat(inventory("/projects", null).statusCode()).isEqualTo(401);
        assertThat(inventory("/projects", "nonsense").statusCode()).isEqualTo(401);
        assertThat(inventory("/projects", token("superadmin", "x" + SECRET)).statusCode())
                .isEqualTo(401);
        Object reach = Map.of("everywhere", "superadmin");
        assertThat(inventory("/projects", token("api-gateway", "superadmin", reach, SECRET))
                        .statusCode())
                .as("what people get at login is for the gateway alone")
                .isEqualTo(401);
        assertThat(inventory("/projects", token("janitor", SECRET)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void tellsEverybodyOfTheProjectsThatTheySee() throws Exception {
        String ofTenant = token(Map.of("projects", Map.of(TENANT.projectId(), "superadmin")));

        assertThat(inventory("/projects", ofTenant).body())
                .contains("\"tenant-a\"")
                .doesNotContain("\"tenant-b\"");
        HttpResponse<String> other = inventory("/projects/" + Tenant.B.projectId() + "/vms", ofTenant);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("project-not-found", "does not exist");
        assertThat(inventory("/projects/" + TENANT.projectId() + "/vms", ofTenant)
                        .statusCode())
                .isEqualTo(200);
        assertThat(inventory("/projects", token(Map.of())).statusCode()).isEqualTo(403);
        assertThat(inventory("/projects", token("everywhere")).statusCode()).isEqualTo(403);
    }

    @Test
    void tellsWhatCannotBeReadAsAFailureOfTheContract() throws Exception {
        HttpResponse<String> unknown = inventory("/snapshots?tenant_name=tenant-z", token("viewer", SECRET));

        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(Json.MAPPER.readValue(unknown.body(), Failure.class))
                .isEqualTo(
                        Failure.of(FailureKind.PROJECT_NOT_FOUND, "There is no project (tenant) named \"tenant-z\""));
        assertThat(inventory("/snapshots", token("viewer", SECRET)).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/snapshots?tenant_name=%20, tenant_name",
        "/snapshots?tenant_name=, tenant_name",
        "/snapshots?tenant_name=a%00b, tenant_name",
        "/projects/%20/vms, projectId",
        "/projects/a%2Fb/vms,",
        "/vms/x%0A/restore-points?project_id=a,",
        "/vms/x.y/restore-points?project_id=a, vmId",
        "/vms/x/restore-points?project_id=%2E%2E, project_id"
    })
    void refusesWhatNoCloudHas(String path, @Nullable String parameter) throws Exception {
        HttpResponse<String> answer = inventory(path, token("viewer", SECRET));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode problem = Json.MAPPER.readTree(answer.body());
        assertThat(problem.path("type").asString()).isEqualTo("urn:vm-restore:problem:invalid-request");
        assertThat(problem.path("request_id").asString()).isEqualTo(REQUEST_ID);
        assertThat(problem.at("/errors/0/parameter").stringValue(null)).isEqualTo(parameter);
    }

    private HttpResponse<String> inventory(String path, @Nullable String token) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(inventoryRequest(path, token), HttpResponse.BodyHandlers.ofString());
        }
    }

    private HttpRequest inventoryRequest(String path, @Nullable String token) {
        URI uri = URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + "/internal" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("X-Openstack-Request-Id", REQUEST_ID);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private static String token(Object reach) {
        return token("superadmin", reach, SECRET);
    }

    private static String token(String role, String secret) {
        return token(role, Map.of("everywhere", role), secret);
    }

    /** A token as the gateway issues them for this service. */
    private static String token(String role, Object reach, String secret) {
        return token("planner-service", role, reach, secret);
    }

    private static String token(String audience, String role, Object reach, String secret) {
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer("vm-restore")
                .audience(List.of(audience))
                .subject("olga")
                .claim("role", role)
                .claim("reach", reach)
                .expiresAt(Instant.now().plusSeconds(60))
                .build();
        return NimbusJwtEncoder.withSecretKey(ServiceToken.key(secret))
                .algorithm(MacAlgorithm.HS256)
                .build()
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(MacAlgorithm.HS256).build(), claims))
                .getTokenValue();
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
