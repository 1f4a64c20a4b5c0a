package io.vmrestore.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.compute.Flavor;
import io.vmrestore.openstack.compute.ServerFlavor;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SurveyTest {
    private static final Tenant TENANT = Tenant.A;
    private static final String WEB_SNAPSHOT = TENANT.id("snapshot/web-1-daily");

    private Simulator simulator;
    private OpenStack cloud;

    @BeforeEach
    void open() {
        simulator = Simulator.start(SimulatorSettings.instant());
        cloud = connect(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
    }

    @AfterEach
    void close() {
        cloud.close();
        simulator.close();
    }

    @Test
    void takesTheVolumeAtTheRootDeviceForTheBootVolume() throws InterruptedException {
        SurveyedVm db = vm(TENANT.dbServerId());

        assertThat(db.server().bootVolume().id()).isEqualTo(TENANT.id("volume/db-1-boot"));
        assertThat(db.server().attachments())
                .filteredOn(AttachedVolume::boot)
                .extracting(AttachedVolume::volumeId)
                .containsExactly(TENANT.id("volume/db-1-boot"));
        assertThat(db.server().attachments()).hasSize(2);
    }

    @Test
    void ordersInterfacesByTheServersAddressesAndNotByNeutronsList() throws InterruptedException {
        int misleading = 0;
        for (Tenant tenant : Tenant.values()) {
            List<String> guestOrder = List.of(tenant.id("port/web-1-0"), tenant.id("port/web-1-1"));
            SurveyedVm web = vm(tenant, tenant.webServerId());

            assertThat(web.nics()).extracting(NicPlan::sourcePortId).isEqualTo(guestOrder);
            assertThat(web.ports()).extracting(Port::id).isEqualTo(guestOrder);
            List<String> listed =
                    cloud.project(tenant.projectId()).network().portsOfServer(tenant.webServerId()).stream()
                            .map(Port::id)
                            .toList();
            misleading += listed.equals(guestOrder) ? 0 : 1;
        }
        assertThat(misleading)
                .as("servers whose ports Neutron lists in another order")
                .isPositive();
    }

    @Test
    void findsRestorePointsOfTheVolumesThatTheVmWasRestoredFrom() throws InterruptedException {
        change((sim, owner) -> {
            sim.volumes().setMetadata(owner, TENANT.id("volume/app-1-boot"), origin("db-1-boot"));
            sim.volumes().setMetadata(owner, TENANT.id("volume/db-1-boot"), origin("web-1-boot"));
        });

        Surveyed surveyed = take(TENANT.appServerId(), WEB_SNAPSHOT);

        assertThat(surveyed.restorePoint().volumeId()).isEqualTo(TENANT.id("volume/web-1-boot"));
    }

    @Test
    void isNotLedIntoOtherProjects() {
        // What was restored says that it came from tenant B's volume, and that one that it came from ours.
        Cloud sim = simulator.cloud();
        String foreign = Tenant.B.id("volume/web-1-boot");
        change((same, owner) ->
                same.volumes().setMetadata(owner, TENANT.id("volume/app-1-boot"), Map.of(Origin.VOLUME, foreign)));
        sim.run(() -> sim.volumes()
                .setMetadata(
                        sim.callerFor(new Owner(Tenant.B.projectId(), Tenant.B.ownerId())),
                        foreign,
                        origin("web-1-boot")));

        assertThat(rejected(TENANT.appServerId(), WEB_SNAPSHOT)).isEqualTo(FailureKind.RESTORE_POINT_MISMATCH);
        assertThat(rejected(TENANT.appServerId(), Tenant.B.id("snapshot/web-1-daily")))
                .isEqualTo(FailureKind.RESTORE_POINT_MISMATCH);
    }

    @Test
    void isNotLedInCircles() {
        change((sim, owner) -> {
            sim.volumes().setMetadata(owner, TENANT.id("volume/app-1-boot"), origin("db-1-boot"));
            sim.volumes().setMetadata(owner, TENANT.id("volume/db-1-boot"), origin("app-1-boot"));
        });

        assertThat(rejected(TENANT.appServerId(), WEB_SNAPSHOT)).isEqualTo(FailureKind.RESTORE_POINT_MISMATCH);
    }

    @Test
    void readsTheKeyPairOfTheFirstOwner() throws InterruptedException {
        change((sim, owner) ->
                sim.servers().setMetadata(owner, TENANT.webServerId(), Map.of(Origin.OWNER, Tenant.B.ownerId())));

        SurveyedVm web = vm(TENANT.webServerId());

        assertThat(web.server().userId()).isEqualTo(Tenant.B.ownerId());
        assertThat(web.server().publicKey())
                .as("that user has no key of this name")
                .isNull();
    }

    @Test
    void fingerprintsAlikeWhatChangesByItself() throws InterruptedException {
        Surveyed before = take(TENANT.webServerId(), WEB_SNAPSHOT);
        change((sim, owner) -> {
            sim.servers().stop(owner, TENANT.webServerId());
            sim.servers().setMetadata(owner, TENANT.webServerId(), Map.of("seen-by", "monitoring"));
        });
        Surveyed after = take(TENANT.webServerId(), WEB_SNAPSHOT);

        assertThat(after.vm().server().status())
                .isNotEqualTo(before.vm().server().status());
        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
        assertThat(before.fingerprint().server()).matches("[0-9a-f]{64}");
    }

    @Test
    void fingerprintsPartByPart() throws InterruptedException {
        Surveyed before = take(TENANT.dbServerId(), TENANT.id("snapshot/db-1-daily"));
        change((sim, owner) -> sim.servers().detach(owner, TENANT.dbServerId(), TENANT.id("volume/db-1-data")));
        Surveyed after = take(TENANT.dbServerId(), TENANT.id("snapshot/db-1-daily"));

        assertThat(after.fingerprint().server())
                .isNotEqualTo(before.fingerprint().server());
        assertThat(after.fingerprint().ports()).isEqualTo(before.fingerprint().ports());
        assertThat(after.fingerprint().networks())
                .isEqualTo(before.fingerprint().networks());
        assertThat(after.fingerprint().restorePoint())
                .isEqualTo(before.fingerprint().restorePoint());
    }

    @Test
    void saysThatItCannotSeeEnoughWithoutTheAdminRole() throws InterruptedException {
        cloud.close();
        cloud = OpenStack.connect(CloudSettings.of(
                URI.create(simulator.authUrl()),
                new Credentials(
                        TENANT.owner(), "Default", TENANT.ownerPassword(), TENANT.projectName(), null, "Default"),
                null));
        try (Reads reads = new Reads(TimeSource.system(), Duration.ofSeconds(10))) {
            Survey survey = new Survey(cloud.project(TENANT.projectId()), cloud.admin());
            SurveyException blind =
                    catchThrowableOfType(SurveyException.class, () -> survey.vm(reads, TENANT.webServerId()));

            assertThat(blind.failure().kind()).isEqualTo(FailureKind.PROJECT_NOT_ACCESSIBLE);
            assertThat(blind.failure().message()).contains("has no admin role in project " + TENANT.projectId());
        }
    }

    @Test
    void givesUpOnASlowServiceAtTheTimeLimit() {
        simulator
                .faults()
                .add("GET .*/os-volume_attachments", FaultRule.ALWAYS, new Fault.Slow(Duration.ofSeconds(20)));
        long began = System.nanoTime();
        SurveyException late;
        try (Reads reads = new Reads(TimeSource.system(), Duration.ofMillis(800))) {
            late = catchThrowableOfType(
                    SurveyException.class, () -> survey().take(reads, TENANT.webServerId(), WEB_SNAPSHOT));
        }

        assertThat(late.failure().kind()).isEqualTo(FailureKind.CLOUD_TIMEOUT);
        assertThat(late.failure().service()).isEqualTo("compute");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void showsNoUserDataAsText() throws InterruptedException {
        SurveyedVm web = vm(TENANT.webServerId());

        assertThat(web.userData()).isNotNull();
        assertThat(web.toString()).isEqualTo("SurveyedVm[server=" + TENANT.webServerId() + ", userData=present]");
    }

    private OpenStack connect(String user, String password, String project) {
        return OpenStack.connect(CloudSettings.of(
                URI.create(simulator.authUrl()),
                new Credentials(user, "Default", password, project, null, "Default"),
                new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default")));
    }

    private Survey survey() {
        return new Survey(cloud.project(TENANT.projectId()), cloud.admin());
    }

    private SurveyedVm vm(String id) throws InterruptedException {
        return vm(TENANT, id);
    }

    private SurveyedVm vm(Tenant tenant, String id) throws InterruptedException {
        try (Reads reads = new Reads(TimeSource.system(), Duration.ofSeconds(10))) {
            return new Survey(cloud.project(tenant.projectId()), cloud.admin()).vm(reads, id);
        }
    }

    private Surveyed take(String vmId, String snapshotId) throws InterruptedException {
        try (Reads reads = new Reads(TimeSource.system(), Duration.ofSeconds(10))) {
            return survey().take(reads, vmId, snapshotId);
        }
    }

    private FailureKind rejected(String vmId, String snapshotId) {
        return catchThrowableOfType(SurveyException.class, () -> take(vmId, snapshotId))
                .failure()
                .kind();
    }

    private void change(BiConsumer<Cloud, Caller> change) {
        Cloud sim = simulator.cloud();
        sim.run(() -> change.accept(sim, sim.callerFor(new Owner(TENANT.projectId(), TENANT.ownerId()))));
    }

    private static Map<String, String> origin(String volume) {
        return Map.of(Origin.VOLUME, TENANT.id("volume/" + volume));
    }

    @Test
    void namesNearFlavorsThatAreNotSmallerFirst() {
        var remembered = new ServerFlavor(null, "gone", 2, 4096, 0);
        var existing = List.of(
                flavor("tiny", 1, 512), flavor("half", 2, 2048), flavor("twice", 4, 8192), flavor("more", 2, 6144));

        FlavorSurvey survey = new FlavorSurvey(remembered, existing);

        assertThat(survey.flavor().id()).isNull();
        assertThat(survey.nearest())
                .containsExactly(
                        "\"more\" (2 vCPU, 6144 MiB)", "\"twice\" (4 vCPU, 8192 MiB)", "\"half\" (2 vCPU, 2048 MiB)");
    }

    @Test
    void takesAFlavorOfTheSameNameAndAnotherSizeForAnother() {
        var remembered = new ServerFlavor(null, "m1", 2, 4096, 0);

        assertThat(new FlavorSurvey(remembered, List.of(flavor("m1", 2, 8192)))
                        .flavor()
                        .id())
                .isNull();
        assertThat(new FlavorSurvey(remembered, List.of(flavor("m1", 2, 4096)))
                        .flavor()
                        .id())
                .isEqualTo("id-m1");
    }

    private static Flavor flavor(String name, int vcpus, int ram) {
        return new Flavor("id-" + name, name, vcpus, ram, 0, true);
    }
}
