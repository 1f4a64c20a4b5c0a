package io.vmrestore.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectSurveyTest {
    private static final Tenant TENANT = Tenant.A;
    private static final ServiceUser SERVICE_USER =
            new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Simulator simulator;
    private OpenStack cloud;

    @BeforeEach
    void open() {
        simulator = Simulator.start(SimulatorSettings.instant());
        cloud = connect(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service", SERVICE_USER);
    }

    @AfterEach
    void close() {
        cloud.close();
        simulator.close();
    }

    @Test
    void listsWhatPlanningAccepts() throws InterruptedException {
        // Restored twice over: db-1 from app-1, and web-1, whose volume lost its metadata, from db-1.
        change((sim, owner) -> {
            sim.volumes().setMetadata(owner, volume("db-1"), Map.of(Origin.VOLUME, volume("app-1")));
            sim.servers().setMetadata(owner, TENANT.webServerId(), Map.of(Origin.VOLUME, volume("db-1")));
        });
        List<String> vms =
                List.of(TENANT.webServerId(), TENANT.appServerId(), TENANT.dbServerId(), TENANT.statelessServerId());
        List<String> snapshots = simulator.snapshots().stream()
                .map(io.vmrestore.simulator.cloud.volume.Snapshot::id)
                .toList();

        ListedProject listed = list(TENANT);

        assertThat(listed.vms()).extracting(ListedVm::id).containsExactlyInAnyOrderElementsOf(vms);
        assertThat(listed.vm(TENANT.webServerId()).orElseThrow().bootVolumes())
                .containsExactly(volume("web-1"), volume("db-1"), volume("app-1"));
        for (String vm : vms) {
            Set<String> offered = listed.restorePoints(listed.vm(vm).orElseThrow()).stream()
                    .map(Snapshot::id)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> accepted = new TreeSet<>(
                    snapshots.stream().filter(point -> planned(vm, point)).toList());
            assertThat(offered).as("restore points of %s", vm).isEqualTo(accepted);
        }
    }

    @Test
    void knowsNothingOfUserData() throws InterruptedException {
        assertThat(simulator.servers())
                .anySatisfy(server -> assertThat(server.spec().userData()).isNotNull());
        assertThat(list(TENANT).toString())
                .doesNotContain(simulator.servers().stream()
                        .map(server -> server.spec().userData())
                        .filter(data -> data != null)
                        .toList());
    }

    @Test
    void readsAllPagesWithOneCallEach() throws InterruptedException {
        int many = 1_100;
        SampleCloud.addServers(simulator.cloud(), TENANT, 0, many);

        ListedProject listed = list(TENANT);

        assertThat(listed.vms()).hasSize(many + 4);
        assertThat(listed.vms())
                .filteredOn(vm -> vm.name().startsWith("load-"))
                .hasSize(many)
                .allSatisfy(vm -> assertThat(listed.restorePoints(vm)).hasSize(1));
        // The simulator's pages have 1000 entries: two for servers, volumes and snapshots each, and the version roots.
        assertThat(requests("compute") + requests("volumev3")).isLessThanOrEqualTo(10);
    }

    @Test
    void saysThatItCannotSeeEnoughWithoutTheAdminRole() {
        cloud.close();
        cloud = connect(TENANT.owner(), TENANT.ownerPassword(), TENANT.projectName(), null);

        SurveyException blind = catchThrowableOfType(SurveyException.class, () -> list(TENANT));

        assertThat(blind.failure().kind()).isEqualTo(FailureKind.PROJECT_NOT_ACCESSIBLE);
        assertThat(blind.failure().message()).contains("has no admin role in project " + TENANT.projectId());
    }

    private boolean planned(String vm, String snapshot) {
        try (Reads reads = new Reads(TimeSource.system(), Duration.ofSeconds(30))) {
            new Survey(cloud.project(TENANT.projectId()), cloud.admin()).take(reads, vm, snapshot);
            return true;
        } catch (SurveyException refused) {
            assertThat(refused.failure().kind()).isIn(FailureKind.RESTORE_POINT_MISMATCH, FailureKind.BOOT_FROM_IMAGE);
            return false;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private ListedProject list(Tenant tenant) throws InterruptedException {
        try (Reads reads = new Reads(TimeSource.system(), Duration.ofSeconds(60))) {
            return new ProjectSurvey(cloud.project(tenant.projectId())).take(reads);
        }
    }

    private long requests(String service) {
        return meters.find("restore.openstack.requests").tag("service", service).timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private OpenStack connect(String user, String password, String project, @Nullable ServiceUser serviceUser) {
        return OpenStack.connect(
                CloudSettings.of(
                        URI.create(simulator.authUrl()),
                        new Credentials(user, "Default", password, project, null, "Default"),
                        serviceUser),
                meters,
                TimeSource.system(),
                Chance.system());
    }

    private void change(BiConsumer<Cloud, Caller> change) {
        Cloud sim = simulator.cloud();
        sim.run(() -> change.accept(sim, sim.callerFor(new Owner(TENANT.projectId(), TENANT.ownerId()))));
    }

    private static String volume(String vm) {
        return TENANT.id("volume/" + vm + "-boot");
    }
}
