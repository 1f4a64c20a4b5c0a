package io.vmrestore.simulator.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.cloud.network.FloatingIp;
import io.vmrestore.simulator.cloud.volume.Snapshot;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's {@code python3-openstackclient} works against the simulator. Without that client nothing is tested here, and
 * this says so; where the variable CI is true, that is a failure.
 */
class CommandLineClientTest {
    private static final String MISSING = "The command 'openstack' is not on the PATH, so nothing shows here that the"
            + " stock client works against the simulator. Install it: apt-get install python3-openstackclient";

    @TempDir
    private static Path directory;

    private static Simulator simulator;
    private static OpenStackClient admin;
    private static OpenStackClient owner;

    @BeforeAll
    static void start() {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            assertThat(OpenStackClient.isInstalled()).as(MISSING).isTrue();
        }
        assumeThat(OpenStackClient.isInstalled()).as(MISSING).isTrue();
        simulator = Simulator.start(SimulatorSettings.instant());
        admin = new OpenStackClient(simulator, SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, Tenant.A, directory);
        owner = new OpenStackClient(simulator, Tenant.A.owner(), Tenant.A.ownerPassword(), Tenant.A, directory);
    }

    @AfterAll
    static void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    /** The restore that an operator would do by hand, from the snapshot to the running server and back. */
    @Test
    void aServerIsRestoredByHandAndDeletedAgain() {
        String address = Tenant.A.frontPrefix() + "99";
        String portCreate = "port create --network tenant-a-front --fixed-ip ip-address=" + address + " ";
        String said = owner.session(
                "volume snapshot list -f value -c Name",
                "volume create --snapshot web-1-daily --property job=42 by-hand -f value -c snapshot_id",
                portCreate + "by-hand -f value -c fixed_ips",
                "server create --flavor sim.small --volume by-hand --port by-hand --wait by-hand -f value -c status",
                "server show by-hand -f value -c addresses");
        assertThat(said).contains("web-1-monthly", Tenant.A.id("snapshot/web-1-daily"), "ACTIVE", address);
        Server server = server("by-hand");
        Volume volume = simulator.volumes().stream()
                .filter(known -> known.spec().name().equals("by-hand"))
                .findFirst()
                .orElseThrow();
        assertThat(volume.spec().metadata()).containsEntry("job", "42");
        assertThat(server.state().disks()).extracting(Disk::volumeId).containsExactly(volume.id());
        assertThat(owner.refused((portCreate + "no").split(" "))).contains("already allocated");
        owner.session("server delete --wait by-hand", "port delete by-hand", "volume delete by-hand");
        assertThat(simulator.servers()).extracting(Server::name).doesNotContain("by-hand");
        assertThat(simulator.ports()).extracting(port -> port.settings().name()).doesNotContain("by-hand");
        assertThat(simulator.volumes()).extracting(Volume::id).doesNotContain(volume.id());
    }

    @Test
    void resourcesAreListedAndShown() {
        assertThat(owner.session(
                        "server list -f value -c Name",
                        "token issue -f value -c id -c project_id",
                        "network list -f value -c Name",
                        "port list -f value -c Name",
                        "volume list -f value -c Name",
                        "volume show web-1-boot -f value -c status",
                        "port show web-1-0 -f value -c status"))
                .contains(
                        "stateless-1",
                        "gAAAAA",
                        Tenant.A.projectId(),
                        "shared-net",
                        "db-1-0",
                        "web-1-boot",
                        "in-use",
                        "ACTIVE");
        assertThat(admin.session(
                        "quota show -f value -c gigabytes -c ports",
                        "server list --all-projects --long -f value -c ID",
                        "project list -f value -c Name",
                        "user list -f value -c Name",
                        "role list -f value -c Name"))
                .contains("5000", "500", Tenant.B.webServerId(), "tenant-b", SampleCloud.SERVICE_USER, Role.MANAGER);
    }

    @Test
    void aServerIsChangedLockedAndSwitched() {
        owner.session(
                "server set --name app-renamed --property tier=two --property level=1 app-1",
                "server unset --property tier app-renamed",
                "server lock app-renamed");
        assertThat(server("app-renamed").spec().metadata())
                .containsEntry("level", "1")
                .doesNotContainKey("tier");
        assertThat(owner.refused("server", "delete", "app-renamed")).contains("is locked");
        owner.session(
                "server unlock app-renamed",
                "server stop app-renamed",
                "server start app-renamed",
                "server reboot app-renamed",
                "server set --name app-1 app-renamed");
        assertThat(server("app-1").state().vmState().status()).isEqualTo("ACTIVE");
        assertThat(server("app-1").state().locked()).isFalse();
    }

    @Test
    void aSnapshotIsTakenOfAVolumeInUse() {
        owner.session("volume snapshot create --volume db-1-boot --force by-hand-snapshot");
        assertThat(simulator.snapshots())
                .filteredOn(snapshot -> snapshot.name().equals("by-hand-snapshot"))
                .extracting(Snapshot::volumeId)
                .containsExactly(Tenant.A.id("volume/db-1-boot"));
    }

    @Test
    void aFloatingIpIsLedToAnotherPort() {
        String said = owner.session(
                "floating ip create --floating-ip-address 203.0.113.77 public-net",
                "floating ip set --port app-1-0 203.0.113.77",
                "floating ip set --port db-1-0 203.0.113.77",
                "floating ip list -f value");
        assertThat(said).contains("203.0.113.77 " + "10.11.0.30");
        assertThat(floatingIps())
                .filteredOn(ip -> ip.address().equals("203.0.113.77"))
                .extracting(FloatingIp::portId)
                .containsExactly(Tenant.A.id("port/db-1-0"));
    }

    @Test
    void aRoleIsGranted() {
        admin.run("role", "add", "--user", SampleCloud.SERVICE_USER, "--project", Tenant.B.projectName(), Role.ADMIN);
        assertThat(simulator
                        .cloud()
                        .execute(() -> simulator
                                .cloud()
                                .identity()
                                .grantedRoles(SampleCloud.userId(SampleCloud.SERVICE_USER), Tenant.B.projectId())))
                .extracting(Role::name)
                .containsExactly(Role.ADMIN);
    }

    /** The server of this name, as it is. */
    private static Server server(String name) {
        return simulator.servers().stream()
                .filter(server ->
                        server.name().equals(name) && server.projectId().equals(Tenant.A.projectId()))
                .findFirst()
                .orElseThrow();
    }

    private static List<FloatingIp> floatingIps() {
        return simulator
                .cloud()
                .execute(() -> simulator.cloud().floatingIps().all().toList());
    }
}
