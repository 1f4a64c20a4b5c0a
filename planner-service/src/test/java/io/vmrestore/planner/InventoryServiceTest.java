package io.vmrestore.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The inventory as the whole service tells it over HTTP, to whom, and what it refuses. */
class InventoryServiceTest extends WholePlanner {
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
}
