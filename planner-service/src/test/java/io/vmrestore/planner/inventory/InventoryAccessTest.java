package io.vmrestore.planner.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.support.api.ProjectSummary;
import io.vmrestore.survey.SurveyException;
import java.time.Duration;
import java.util.Comparator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Which projects the inventory can read, and what it says where it cannot read. */
class InventoryAccessTest extends InventoryFixture {
    private static final Tenant A = Tenant.A;
    private static final String REQUEST_ID = "req-0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";

    @Test
    void listsProjectsByNameWithTheirDomains() throws InterruptedException {
        assertThat(inventory.projects(InventoryFixture.ALL, REQUEST_ID).projects())
                .extracting(
                        ProjectSummary::name,
                        ProjectSummary::id,
                        ProjectSummary::domainId,
                        ProjectSummary::domain,
                        ProjectSummary::restorable)
                .isSortedAccordingTo(Comparator.comparing(project -> (String) project.toArray()[0]))
                .contains(
                        tuple("service", SampleCloud.SERVICE_PROJECT_ID, "default", "Default", true),
                        tuple("tenant-a", A.projectId(), "default", "Default", true),
                        tuple("tenant-b", Tenant.B.projectId(), "default", "Default", true),
                        tuple("tenant-c", Tenant.C.projectId(), "default", "Default", true));
    }

    @Test
    void withoutAServiceUserOnlyTheOwnProjectCanBeRestored() throws InterruptedException {
        cloud.close();
        connect(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "tenant-a", null);

        assertThat(inventory.projects(InventoryFixture.ALL, REQUEST_ID).projects())
                .extracting(ProjectSummary::name, ProjectSummary::restorable)
                .containsExactly(
                        tuple("service", false),
                        tuple("tenant-a", true),
                        tuple("tenant-b", false),
                        tuple("tenant-c", false));
        assertThat(inventory
                        .projects(InventoryFixture.ALL, REQUEST_ID)
                        .projects()
                        .getLast()
                        .reason())
                .isEqualTo("No service user is configured, so only the credentials' own project can be restored: set"
                        + " SNAPSHOT_SERVICE_USER_EMAIL, SNAPSHOT_SERVICE_USER_PASSWORD and"
                        + " SNAPSHOT_SERVICE_USER_DOMAIN");
        assertThat(inventory
                        .vms(A.projectId(), InventoryFixture.ALL, REQUEST_ID)
                        .vms())
                .hasSize(4);
        Failure refused = failure(() -> inventory.vms(Tenant.B.projectId(), InventoryFixture.ALL, REQUEST_ID));
        assertThat(refused.kind()).isEqualTo(FailureKind.PROJECT_NOT_ACCESSIBLE);
        assertThat(refused.message()).contains(Tenant.B.projectId(), "SNAPSHOT_SERVICE_USER_EMAIL");
    }

    @Test
    void credentialsThatMayNotListProjectsSeeTheirOwn() throws InterruptedException {
        cloud.close();
        connect(A.owner(), A.ownerPassword(), "tenant-a", null);

        assertThat(inventory.projects(InventoryFixture.ALL, REQUEST_ID).projects())
                .extracting(ProjectSummary::name, ProjectSummary::domain, ProjectSummary::restorable)
                .containsExactly(tuple("tenant-a", null, true));
    }

    @Test
    void namesProjectsThatThereAreNotAndThoseThatAreDisabled() {
        String unknown = "0123456789abcdef0123456789abcdef";
        simulator
                .cloud()
                .run(() -> simulator
                        .cloud()
                        .identity()
                        .replace(simulator
                                .cloud()
                                .identity()
                                .project(Tenant.B.projectId())
                                .withEnabled(false)));

        assertThat(failure(() -> inventory.vms(unknown, InventoryFixture.ALL, REQUEST_ID)))
                .isEqualTo(Failure.of(FailureKind.PROJECT_NOT_FOUND, "Project " + unknown + " does not exist"));
        assertThat(failure(() -> inventory.snapshots("tenant-z", InventoryFixture.ALL, REQUEST_ID)))
                .isEqualTo(
                        Failure.of(FailureKind.PROJECT_NOT_FOUND, "There is no project (tenant) named \"tenant-z\""));
        assertThat(failure(() -> inventory.snapshots("tenant-b", InventoryFixture.ALL, REQUEST_ID))
                        .message())
                .isEqualTo("Project \"tenant-b\" (" + Tenant.B.projectId() + ") is disabled");
        assertThat(failure(() -> inventory.restorePoints(
                        A.projectId(), Tenant.B.webServerId(), InventoryFixture.ALL, REQUEST_ID)))
                .isEqualTo(Failure.of(
                        FailureKind.VM_NOT_FOUND,
                        "VM " + Tenant.B.webServerId() + " does not exist in project " + A.projectId()));
    }

    @Test
    void namesTheServiceThatIsAwayOrSlow() {
        simulator.faults().add("GET .*/volumes/detail", FaultRule.ALWAYS, new Fault.Answer(503, "Cinder sleeps", null));
        Failure away = failure(() -> inventory.vms(A.projectId(), InventoryFixture.ALL, REQUEST_ID));
        assertThat(away.kind()).isEqualTo(FailureKind.CLOUD_UNAVAILABLE);
        assertThat(away.service()).isEqualTo("volume");
        assertThat(away.message()).contains("Cinder sleeps");

        simulator.faults().clear();
        simulator.faults().add("GET .*/servers/detail", FaultRule.ALWAYS, new Fault.Slow(Duration.ofSeconds(30)));
        Failure slow =
                failure(() -> inventory(Duration.ofSeconds(2)).vms(A.projectId(), InventoryFixture.ALL, REQUEST_ID));
        assertThat(slow.kind()).isEqualTo(FailureKind.CLOUD_TIMEOUT);
        assertThat(slow.service()).isEqualTo("compute");
    }

    private static Failure failure(ThrowingCallable reading) {
        return catchThrowableOfType(SurveyException.class, reading).failure();
    }
}
