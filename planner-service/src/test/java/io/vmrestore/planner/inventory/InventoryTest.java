package io.vmrestore.planner.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.support.api.BootMode;
import io.vmrestore.support.api.ProjectSummary;
import io.vmrestore.support.api.Reference;
import io.vmrestore.support.api.RestorePointList;
import io.vmrestore.support.api.RestorePointSummary;
import io.vmrestore.support.api.SnapshotSummary;
import io.vmrestore.support.api.VmAddresses;
import io.vmrestore.support.api.VmSummary;
import io.vmrestore.survey.Origin;
import io.vmrestore.survey.SurveyException;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BiConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private static final Tenant A = Tenant.A;
    private static final String REQUEST_ID = "req-0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";
    private static final ServiceUser SERVICE_USER =
            new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default");

    private Simulator simulator;
    private OpenStack cloud;
    private Inventory inventory;

    @BeforeEach
    void open() {
        simulator = Simulator.start(SimulatorSettings.instant());
        connect(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service", SERVICE_USER);
    }

    @AfterEach
    void close() {
        cloud.close();
        simulator.close();
    }

    private void connect(String user, String password, String project, @Nullable ServiceUser serviceUser) {
        cloud = OpenStack.connect(CloudSettings.of(
                URI.create(simulator.authUrl()),
                new Credentials(user, "Default", password, project, null, "Default"),
                serviceUser));
        inventory = inventory(Duration.ofSeconds(20));
    }

    private Inventory inventory(Duration timeout) {
        return new Inventory(cloud, new InventorySettings(timeout, Duration.ZERO), TimeSource.system());
    }

    @Test
    void listsTheVmsOfAProjectByName() throws InterruptedException {
        var list = inventory.vms(A.projectId(), REQUEST_ID);

        assertThat(list.project()).isEqualTo(new Reference(A.projectId(), "tenant-a"));
        assertThat(list.vms())
                .extracting(
                        VmSummary::name,
                        VmSummary::status,
                        VmSummary::bootMode,
                        VmSummary::restorable,
                        VmSummary::reason)
                .containsExactly(
                        tuple("app-1", "ACTIVE", BootMode.VOLUME, true, null),
                        tuple("db-1", "ACTIVE", BootMode.VOLUME, true, null),
                        tuple(
                                "stateless-1",
                                "ACTIVE",
                                BootMode.IMAGE,
                                false,
                                "It boots from an image: it has no boot volume whose snapshot could be restored"),
                        tuple("web-1", "ACTIVE", BootMode.VOLUME, true, null));
        VmSummary web = list.vms().getLast();
        assertThat(web.id()).isEqualTo(A.webServerId());
        assertThat(web.bootVolumeId()).isEqualTo(A.id("volume/web-1-boot"));
        assertThat(web.flavor()).isEqualTo("sim.small");
        assertThat(web.restorePoints()).isEqualTo(3);
        assertThat(web.newestRestorePointAt())
                .isEqualTo(simulator.snapshots().stream()
                        .filter(snapshot -> snapshot.name().equals("web-1-daily"))
                        .filter(snapshot -> snapshot.projectId().equals(A.projectId()))
                        .findFirst()
                        .orElseThrow()
                        .createdAt()
                        .truncatedTo(ChronoUnit.SECONDS));
        assertThat(web.addresses()).hasSize(2);
        assertThat(web.addresses().getFirst().fixedIps()).hasSize(2).contains("10.10.0.10");
        assertThat(web.addresses().getFirst()).extracting(VmAddresses::network).isEqualTo("tenant-a-front");
        assertThat(web.replaceNotes()).isEmpty();
        VmSummary db = list.vms().get(1);
        assertThat(db.restorePoints()).as("without the one of its data volume").isEqualTo(2);
    }

    @Test
    void saysWhatStandsAgainstAVm() throws InterruptedException {
        change((sim, owner) -> {
            sim.volumes().snapshots().reset(owner, A.id("snapshot/app-1-daily"), VolumeStatus.ERROR);
            sim.volumes().snapshots().reset(owner, A.id("snapshot/app-1-weekly"), VolumeStatus.CREATING);
            sim.volumes().snapshots().delete(owner, A.id("snapshot/db-1-daily"));
            sim.volumes().snapshots().delete(owner, A.id("snapshot/db-1-weekly"));
            sim.servers().lock(owner, A.webServerId(), null);
        });
        await().atMost(Duration.ofSeconds(10))
                .until(() -> simulator.snapshots().stream()
                        .noneMatch(snapshot -> snapshot.id().equals(A.id("snapshot/db-1-daily"))
                                || snapshot.id().equals(A.id("snapshot/db-1-weekly"))));

        var vms = inventory.vms(A.projectId(), REQUEST_ID).vms();

        assertThat(vms.get(0).reason())
                .isEqualTo("None of its restore points is available; the newest, " + A.id("snapshot/app-1-daily")
                        + ", is error");
        assertThat(vms.get(0).restorePoints()).isEqualTo(2);
        assertThat(vms.get(1).reason())
                .isEqualTo("There is no snapshot of its boot volume " + A.id("volume/db-1-boot")
                        + ", nor of one that it was restored from");
        assertThat(vms.get(1).newestRestorePointAt()).isNull();
        assertThat(vms.get(3).restorable())
                .as("a lock stands against REPLACE alone")
                .isTrue();
        assertThat(vms.get(3).replaceNotes())
                .singleElement()
                .asString()
                .startsWith("VM " + A.webServerId() + " is locked, so it cannot be deleted; unlock it first");
    }

    @Test
    void listsRestorePointsOfTheBootVolumeAndOfThoseBeforeNewestFirst() throws InterruptedException {
        change((sim, owner) -> {
            sim.volumes()
                    .setMetadata(owner, A.id("volume/app-1-boot"), Map.of(Origin.VOLUME, A.id("volume/db-1-boot")));
            sim.volumes().snapshots().reset(owner, A.id("snapshot/db-1-daily"), VolumeStatus.ERROR);
        });

        RestorePointList list = inventory.restorePoints(A.projectId(), A.appServerId(), REQUEST_ID);

        assertThat(list.vm()).isEqualTo(new Reference(A.appServerId(), "app-1"));
        assertThat(list.restorable()).isTrue();
        assertThat(list.restorePoints())
                .isSortedAccordingTo(
                        Comparator.comparing(RestorePointSummary::createdAt).reversed());
        assertThat(list.restorePoints())
                .extracting(
                        RestorePointSummary::name,
                        RestorePointSummary::volumeId,
                        RestorePointSummary::ofPresentBootVolume,
                        RestorePointSummary::restorable,
                        RestorePointSummary::reason)
                .containsExactlyInAnyOrder(
                        tuple("app-1-daily", A.id("volume/app-1-boot"), true, true, null),
                        tuple("app-1-weekly", A.id("volume/app-1-boot"), true, true, null),
                        tuple(
                                "db-1-daily",
                                A.id("volume/db-1-boot"),
                                false,
                                false,
                                "It is error; only an available snapshot can be restored"),
                        tuple("db-1-weekly", A.id("volume/db-1-boot"), false, true, null));
        assertThat(list.restorePoints())
                .allSatisfy(point -> assertThat(point.sizeGigabytes()).isPositive());
    }

    @Test
    void aVmThatBootsFromAnImageHasNoRestorePointsAndTheReason() throws InterruptedException {
        RestorePointList list = inventory.restorePoints(A.projectId(), A.statelessServerId(), REQUEST_ID);

        assertThat(list.restorePoints()).isEmpty();
        assertThat(list.restorable()).isFalse();
        assertThat(list.reason()).startsWith("It boots from an image");
    }

    @Test
    void listsSnapshotsThatAVmCanBeRestoredToWithVolumeAndVm() throws InterruptedException {
        change((sim, owner) -> sim.volumes()
                .setMetadata(owner, A.id("volume/app-1-boot"), Map.of(Origin.VOLUME, A.id("volume/db-1-boot"))));

        var list = inventory.snapshots("tenant-a", REQUEST_ID);

        assertThat(list.project().id()).isEqualTo(A.projectId());
        assertThat(list.snapshots())
                .extracting(SnapshotSummary::name)
                .as("not the one of a data volume")
                .containsExactlyInAnyOrder(
                        "web-1-monthly",
                        "web-1-weekly",
                        "web-1-daily",
                        "app-1-weekly",
                        "app-1-daily",
                        "db-1-weekly",
                        "db-1-daily");
        assertThat(list.snapshots())
                .isSortedAccordingTo(
                        Comparator.comparing(SnapshotSummary::createdAt).reversed());
        assertThat(list.snapshots())
                .filteredOn(snapshot -> snapshot.name().equals("db-1-weekly"))
                .singleElement()
                .satisfies(snapshot -> {
                    assertThat(snapshot.volume().id()).isEqualTo(A.id("volume/db-1-boot"));
                    assertThat(snapshot.vm()).isEqualTo(new Reference(A.dbServerId(), "db-1"));
                    assertThat(snapshot.otherVms()).containsExactly(new Reference(A.appServerId(), "app-1"));
                    assertThat(snapshot.restorable()).isTrue();
                });
    }

    @Test
    void listsProjectsByNameWithTheirDomains() throws InterruptedException {
        assertThat(inventory.projects(REQUEST_ID).projects())
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

        assertThat(inventory.projects(REQUEST_ID).projects())
                .extracting(ProjectSummary::name, ProjectSummary::restorable)
                .containsExactly(
                        tuple("service", false),
                        tuple("tenant-a", true),
                        tuple("tenant-b", false),
                        tuple("tenant-c", false));
        assertThat(inventory.projects(REQUEST_ID).projects().getLast().reason())
                .isEqualTo("No service user is configured, so only the credentials' own project can be restored: set"
                        + " SNAPSHOT_SERVICE_USER_EMAIL, SNAPSHOT_SERVICE_USER_PASSWORD and"
                        + " SNAPSHOT_SERVICE_USER_DOMAIN");
        assertThat(inventory.vms(A.projectId(), REQUEST_ID).vms()).hasSize(4);
        Failure refused = failure(() -> inventory.vms(Tenant.B.projectId(), REQUEST_ID));
        assertThat(refused.kind()).isEqualTo(FailureKind.PROJECT_NOT_ACCESSIBLE);
        assertThat(refused.message()).contains(Tenant.B.projectId(), "SNAPSHOT_SERVICE_USER_EMAIL");
    }

    @Test
    void credentialsThatMayNotListProjectsSeeTheirOwn() throws InterruptedException {
        cloud.close();
        connect(A.owner(), A.ownerPassword(), "tenant-a", null);

        assertThat(inventory.projects(REQUEST_ID).projects())
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

        assertThat(failure(() -> inventory.vms(unknown, REQUEST_ID)))
                .isEqualTo(Failure.of(FailureKind.PROJECT_NOT_FOUND, "Project " + unknown + " does not exist"));
        assertThat(failure(() -> inventory.snapshots("tenant-z", REQUEST_ID)))
                .isEqualTo(Failure.of(FailureKind.PROJECT_NOT_FOUND, "There is no project (tenant) named 'tenant-z'"));
        assertThat(failure(() -> inventory.snapshots("tenant-b", REQUEST_ID)).message())
                .isEqualTo("Project tenant-b (" + Tenant.B.projectId() + ") is disabled");
        assertThat(failure(() -> inventory.restorePoints(A.projectId(), Tenant.B.webServerId(), REQUEST_ID)))
                .isEqualTo(Failure.of(
                        FailureKind.VM_NOT_FOUND,
                        "VM " + Tenant.B.webServerId() + " does not exist in project " + A.projectId()));
    }

    @Test
    void namesTheServiceThatIsAwayOrSlow() {
        simulator.faults().add("GET .*/volumes/detail", FaultRule.ALWAYS, new Fault.Answer(503, "Cinder sleeps", null));
        Failure away = failure(() -> inventory.vms(A.projectId(), REQUEST_ID));
        assertThat(away.kind()).isEqualTo(FailureKind.CLOUD_UNAVAILABLE);
        assertThat(away.service()).isEqualTo("volume");
        assertThat(away.message()).contains("Cinder sleeps");

        simulator.faults().clear();
        simulator.faults().add("GET .*/servers/detail", FaultRule.ALWAYS, new Fault.Slow(Duration.ofSeconds(30)));
        Failure slow = failure(() -> inventory(Duration.ofSeconds(2)).vms(A.projectId(), REQUEST_ID));
        assertThat(slow.kind()).isEqualTo(FailureKind.CLOUD_TIMEOUT);
        assertThat(slow.service()).isEqualTo("compute");
    }

    private static Failure failure(ThrowingCallable reading) {
        return catchThrowableOfType(SurveyException.class, reading).failure();
    }

    private void change(BiConsumer<Cloud, Caller> change) {
        Cloud sim = simulator.cloud();
        sim.run(() -> change.accept(sim, sim.callerFor(new Owner(A.projectId(), A.ownerId()))));
    }
}
