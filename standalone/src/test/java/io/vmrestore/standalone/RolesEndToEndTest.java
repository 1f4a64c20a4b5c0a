package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.RestClient.Answer;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Through the whole system: whoever has a role on one tenant restores there and reaches nothing of another one. */
class RolesEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WEEKLY_OF_B = Tenant.B.id("snapshot/web-1-weekly");

    @TempDir
    private static Path directory;

    private static StandaloneServer server;
    private static RestClient operator;
    private static RestClient manager;
    private static String jobOfB;

    @BeforeAll
    static void start() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        server = StandaloneServer.start(StandaloneSettings.fromEnvironment(InstantStandalone.environment(directory)));
        operator = client().signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
        manager = client().signedIn("manager@company.com", SampleCloud.ROLE_USER_PASSWORD, "tenant-a");
        jobOfB = operator.plan(Tenant.B.projectId(), Tenant.B.webServerId(), WEEKLY_OF_B, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RestClient client() {
        return new RestClient(server.instance().gateway());
    }

    @Test
    void whatBelongsToAnotherTenantIsNotThere() {
        Tenant b = Tenant.B;
        for (String path : List.of(
                "/restore/jobs/" + jobOfB,
                "/restore/jobs/" + jobOfB + "/events",
                "/restore/projects/" + b.projectId() + "/vms",
                "/restore/snapshots?tenant_name=" + b.projectName(),
                "/restore/vm/" + b.webServerId() + "/restore-points?project_id=" + b.projectId(),
                "/restore/vm/" + b.webServerId() + "/restore-points?project_id=" + Tenant.A.projectId())) {
            assertThat(manager.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(manager.post(
                                "/restore/plan",
                                Map.of(
                                        "project_id",
                                        b.projectId(),
                                        "vm_id",
                                        b.webServerId(),
                                        "restore_point_id",
                                        WEEKLY_OF_B))
                        .status())
                .isEqualTo(404);
        assertThat(manager.post("/restore/execute", Map.of("plan_id", jobOfB)).status())
                .isEqualTo(404);
        for (String path : List.of(
                "/restore/cancel/" + jobOfB,
                "/restore/jobs/" + jobOfB + "/cancel",
                "/restore/jobs/" + jobOfB + "/redrive")) {
            assertThat(manager.post(path, Map.of()).status()).as(path).isEqualTo(404);
        }
        assertThat(operator.job(jobOfB).path("status").asString()).isEqualTo("PLANNED");
    }

    @Test
    void aJobOfAnotherTenantIsToldLikeOneThatDoesNotExist() {
        String unknown = UUID.randomUUID().toString();
        JsonNode foreign = manager.get("/restore/jobs/" + jobOfB).body();
        JsonNode none = manager.get("/restore/jobs/" + unknown).body();
        assertThat(foreign.path("detail").asString().replace(jobOfB, unknown))
                .isEqualTo(none.path("detail").asString());
        assertThat(foreign.path("type")).isEqualTo(none.path("type"));
    }

    @Test
    void listsAndTheirCountsAreOfTheOwnTenantAlone() {
        JsonNode projects = manager.get("/restore/projects").body().path("projects");
        assertThat(projects.values().stream()
                        .map(project -> project.path("name").asString()))
                .containsExactly("tenant-a");
        for (String filter : List.of(
                "project_id=" + Tenant.B.projectId(),
                "vm_id=" + Tenant.B.webServerId(),
                "requested_by=" + SampleCloud.ADMIN + "&status=PLANNED&vm_id=" + Tenant.B.webServerId())) {
            Answer list = manager.get("/restore/jobs?with_count=true&" + filter);
            assertThat(list.status()).isEqualTo(200);
            assertThat(list.body().path("jobs").isEmpty()).as(filter).isTrue();
            assertThat(list.body().path("count").asLong()).as(filter).isZero();
        }
        assertThat(operator.get("/restore/jobs?with_count=true&vm_id=" + Tenant.B.webServerId())
                        .body()
                        .path("count")
                        .asLong())
                .isPositive();
    }

    @Test
    void anotherTenantsSnapshotIsNotFoundInTheOwnOne() {
        Answer answer = manager.post(
                "/restore/plan",
                Map.of(
                        "project_id",
                        Tenant.A.projectId(),
                        "vm_id",
                        Tenant.A.webServerId(),
                        "restore_point_id",
                        WEEKLY_OF_B));
        assertThat(answer.status()).isIn(404, 422);
    }

    @Test
    void aRoleRestoresWhereItIsHeld() {
        String job = manager.plan(
                Tenant.A.projectId(), Tenant.A.appServerId(), Tenant.A.id("snapshot/app-1-weekly"), Map.of());
        manager.execute(job);
        assertThat(manager.awaitEnd(job, PATIENCE).path("status").asString()).isEqualTo("COMPLETED");
        RestClient ofB = client().signedIn("manager@company.com", SampleCloud.ROLE_USER_PASSWORD, "tenant-b");
        assertThat(ofB.get("/restore/jobs/" + job).status()).isEqualTo(404);
        assertThat(ofB.get("/restore/jobs/" + jobOfB).status()).isEqualTo(200);
    }

    @Test
    void aTenantsSuperadminDoesNotOperateTheSystem() {
        RestClient superadmin = client().signedIn("admin@company.com", SampleCloud.ROLE_USER_PASSWORD, "tenant-a");
        for (String path : List.of("/restore/operations/dead-letters", "/restore/operations/status-rebuild")) {
            assertThat(superadmin.get(path).status()).as(path).isEqualTo(403);
        }
        assertThat(operator.get("/restore/operations/dead-letters").status()).isEqualTo(200);
    }

    @Test
    void anOwnerSignsInWithoutAProjectAndChoosesTheirs() {
        RestClient owner = client();
        Answer login =
                owner.post("/auth/login", Map.of("username", Tenant.A.owner(), "password", Tenant.A.ownerPassword()));
        assertThat(login.body().path("projects").findValuesAsString("name")).containsExactly("tenant-a");
        owner.bearing(login.body().path("access_token").asString());
        assertThat(owner.get("/restore/jobs").status()).isEqualTo(403);

        Answer chosen = owner.post("/auth/project", Map.of("project_id", Tenant.A.projectId()));

        assertThat(chosen.body().path("user").path("role").asString()).isEqualTo("operator");
        owner.bearing(chosen.body().path("access_token").asString());
        assertThat(owner.get("/restore/projects/" + Tenant.A.projectId() + "/vms")
                        .status())
                .isEqualTo(200);
        assertThat(owner.post("/auth/project", Map.of("project_id", Tenant.B.projectId()))
                        .status())
                .isEqualTo(404);
    }
}
