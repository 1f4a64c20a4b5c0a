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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What there is to restore, as somebody who may only read finds it by REST, before and after a restore. */
class InventoryEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Tenant TENANT = Tenant.B;

    @TempDir
    private static Path directory;

    private static StandaloneServer server;
    private static RestClient admin;
    private static RestClient viewer;

    @BeforeAll
    static void start() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Map<String, String> environment = InstantStandalone.environment(directory);
        environment.put("RESTORE_INVENTORY_FRESHNESS", "0s");
        server = StandaloneServer.start(StandaloneSettings.fromEnvironment(environment));
        admin = client().signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
        viewer = client().signedIn("reader@company.com", SampleCloud.ROLE_USER_PASSWORD, TENANT.projectName());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void leadsFromProjectsToTheRestorePointsOfAVm() {
        JsonNode project = named(body("/restore/projects").path("projects"), TENANT.projectName());
        assertThat(project.path("restorable").asBoolean()).isTrue();

        JsonNode vms = body("/restore/projects/" + id(project) + "/vms").path("vms");
        JsonNode web = named(vms, "web-1");
        assertThat(id(web)).isEqualTo(TENANT.webServerId());
        assertThat(web.path("restore_points").asInt()).isEqualTo(3);
        assertThat(named(vms, "stateless-1").path("reason").asString()).startsWith("It boots from an image");

        JsonNode points = restorePoints(id(web));
        assertThat(names(points)).containsExactly("web-1-daily", "web-1-weekly", "web-1-monthly");
        assertThat(names(body("/restore/snapshots?tenant_name=" + TENANT.projectName())
                        .path("snapshots")))
                .contains("web-1-daily")
                .doesNotContain("db-1-data");
    }

    @Test
    void aRestoredVmKeepsTheRestorePointsItCameFrom() {
        String weekly = TENANT.id("snapshot/app-1-weekly");
        String jobId =
                admin.plan(TENANT.projectId(), TENANT.appServerId(), weekly, Map.of("new_vm_name", "app-1-back"));
        admin.execute(jobId);
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);
        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");
        String restored = job.path("result").path("server_id").asString();

        JsonNode points = restorePoints(restored);
        assertThat(names(points)).containsExactly("app-1-daily", "app-1-weekly");
        assertThat(points.path(0).path("of_present_boot_volume").asBoolean(true))
                .isFalse();
        JsonNode snapshot = named(
                body("/restore/snapshots?tenant_name=" + TENANT.projectName()).path("snapshots"), "app-1-weekly");
        assertThat(snapshot.path("vm").path("name").asString()).isEqualTo("app-1");
        assertThat(names(snapshot.path("other_vms"))).containsExactly("app-1-back");

        admin.plan(TENANT.projectId(), restored, TENANT.id("snapshot/app-1-daily"), Map.of());
        Answer foreign = admin.post(
                "/restore/plan",
                Map.of(
                        "project_id", TENANT.projectId(),
                        "vm_id", restored,
                        "restore_point_id", TENANT.id("snapshot/db-1-daily")));
        assertThat(foreign.status()).as("%s", foreign).isEqualTo(422);
        assertThat(foreign.body().path("type").asString()).endsWith(":restore-point-mismatch");
    }

    @Test
    void namesWhatThereIsNot() {
        Answer tenant = viewer.get("/restore/snapshots?tenant_name=tenant-z");
        assertThat(tenant.status()).isEqualTo(404);
        assertThat(tenant.body().path("detail").asString())
                .isEqualTo("There is no project (tenant) named \"tenant-z\"");

        Answer vm = viewer.get(
                "/restore/vms/" + Tenant.A.webServerId() + "/restore-points?project_id=" + TENANT.projectId());
        assertThat(vm.status()).isEqualTo(404);
        assertThat(vm.body().path("type").asString()).endsWith(":vm-not-found");
    }

    private static JsonNode restorePoints(String vmId) {
        JsonNode list = body("/restore/vm/" + vmId + "/restore-points?project_id=" + TENANT.projectId());
        assertThat(list).isEqualTo(body("/restore/vms/" + vmId + "/restore-points?project_id=" + TENANT.projectId()));
        return list.path("restore_points");
    }

    private static JsonNode body(String path) {
        Answer answer = viewer.get(path);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.body();
    }

    private static RestClient client() {
        return new RestClient(server.instance().gateway());
    }

    private static JsonNode named(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(each -> each.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + list));
    }

    private static String id(JsonNode node) {
        return node.path("id").asString();
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.path("name").asString())
                .toList();
    }
}
