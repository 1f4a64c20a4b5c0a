package io.vmrestore.planner.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.api.ProjectSummary;
import io.vmrestore.survey.SurveyException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;

/** Of the cloud everybody is told what they see, whatever the configured identity may read. */
class InventoryReachTest extends InventoryFixture {
    private static final String REQUEST_ID = "req-0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";
    private static final String NO_PROJECT = "b1410dbdc41cec4da47cf8b4a2c846d8";
    private static final Reach OF_A = Reach.within(Tenant.A.projectId(), Role.SUPERADMIN);
    private static final Reach OF_BOTH =
            new Reach(null, Map.of(Tenant.A.projectId(), Role.VIEWER, Tenant.B.projectId(), Role.VIEWER));

    private static Failure failure(ThrowingCallable reading) {
        return catchThrowableOfType(SurveyException.class, reading).failure();
    }

    private List<String> projects(Reach reach) throws InterruptedException {
        return inventory.projects(reach, REQUEST_ID).projects().stream()
                .map(ProjectSummary::name)
                .toList();
    }

    @Test
    void theListOfProjectsHasThoseThatTheCallerSees() throws InterruptedException {
        assertThat(projects(ALL)).contains("service", "tenant-a", "tenant-b", "tenant-c");
        assertThat(projects(OF_A)).containsExactly("tenant-a");
        assertThat(projects(OF_BOTH)).containsExactlyInAnyOrder("tenant-a", "tenant-b");
        assertThat(projects(Reach.nowhere())).isEmpty();
    }

    @Test
    void anotherProjectIsToldLikeOneThatDoesNotExist() throws InterruptedException {
        String b = Tenant.B.projectId();
        assertThat(failure(() -> inventory.vms(b, OF_A, REQUEST_ID)))
                .isEqualTo(Failure.of(FailureKind.PROJECT_NOT_FOUND, "Project " + b + " does not exist"));
        assertThat(failure(() -> inventory.vms(NO_PROJECT, ALL, REQUEST_ID)).message())
                .isEqualTo("Project " + NO_PROJECT + " does not exist");
        assertThat(failure(() -> inventory.restorePoints(b, Tenant.B.webServerId(), OF_A, REQUEST_ID)))
                .isEqualTo(failure(() -> inventory.vms(b, OF_A, REQUEST_ID)));
        assertThat(failure(() -> inventory.snapshots("tenant-b", OF_A, REQUEST_ID)))
                .isEqualTo(
                        Failure.of(FailureKind.PROJECT_NOT_FOUND, "There is no project (tenant) named \"tenant-b\""));
        assertThat(failure(() -> inventory.snapshots("tenant-z", ALL, REQUEST_ID))
                        .message())
                .isEqualTo("There is no project (tenant) named \"tenant-z\"");
        assertThat(inventory.vms(b, OF_BOTH, REQUEST_ID).vms()).isNotEmpty();
        assertThat(inventory.snapshots("tenant-a", OF_A, REQUEST_ID).snapshots())
                .isNotEmpty();
    }

    @Test
    void aVmOfAnotherProjectIsNotInTheOwnOne() {
        assertThat(failure(() ->
                                inventory.restorePoints(Tenant.A.projectId(), Tenant.B.webServerId(), OF_A, REQUEST_ID))
                        .kind())
                .isEqualTo(FailureKind.VM_NOT_FOUND);
    }

    /** An endpoint that is added has to be held to the same here. */
    @Test
    void everyEndpointIsOneOfThese() {
        assertThat(Arrays.stream(InventoryController.class.getDeclaredMethods())
                        .flatMap(method -> Stream.ofNullable(method.getAnnotation(GetMapping.class)))
                        .flatMap(mapping -> Stream.of(mapping.value())))
                .containsExactlyInAnyOrder(
                        "/internal/projects",
                        "/internal/projects/{projectId}/vms",
                        "/internal/snapshots",
                        "/internal/vms/{vmId}/restore-points");
    }
}
