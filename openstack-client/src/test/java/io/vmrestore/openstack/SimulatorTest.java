package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.compute.Nic;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.compute.ServerSpec;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.network.PortSpec;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.EndpointInterface;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.openstack.volume.VolumeSpec;
import io.vmrestore.openstack.volume.Volumes;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole client against the simulated cloud: what a restore reads, makes and removes. */
class SimulatorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Simulator simulator = Simulator.start(SimulatorSettings.instant());
    private final OpenStack client = OpenStack.connect(
            settings(new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "default")));
    private final ProjectCloud tenant = client.project(Tenant.A.projectId());

    @BeforeEach
    void theSampleCloudIsThere() {
        assertThat(simulator.servers()).isNotEmpty();
    }

    @AfterEach
    void close() {
        client.close();
        simulator.close();
    }

    @Test
    void projectsAreTold() {
        assertThat(client.identity().projectsNamed("tenant-a"))
                .singleElement()
                .satisfies(project -> assertThat(project.id()).isEqualTo(Tenant.A.projectId()));
    }

    @Test
    void theServiceUserIsLetIntoAProjectWhereItHasNoRole() {
        assertThat(client.identity()
                        .hasRole(SampleCloud.userId(SampleCloud.SERVICE_USER), Tenant.B.projectId(), "admin"))
                .isFalse();
        assertThat(client.project(Tenant.B.projectId()).compute().servers(ServerQuery.all()))
                .isNotEmpty()
                .allSatisfy(server -> assertThat(server.projectId()).isEqualTo(Tenant.B.projectId()));
        assertThat(client.identity()
                        .hasRole(SampleCloud.userId(SampleCloud.SERVICE_USER), Tenant.B.projectId(), "admin"))
                .isTrue();
    }

    @Test
    void withoutAServiceUserOnlyTheOwnProjectIsOpen() {
        try (OpenStack alone = OpenStack.connect(settings(null))) {
            assertThat(alone.project(SampleCloud.SERVICE_PROJECT_ID).volumes().volumes())
                    .isEmpty();
            assertThatThrownBy(
                            () -> alone.project(Tenant.A.projectId()).volumes().volumes())
                    .isInstanceOf(CloudException.Misconfigured.class);
        }
    }

    @Test
    void aRestoreFromBeginningToEnd() {
        Compute compute = tenant.compute();
        Volumes volumes = tenant.volumes();
        Networking network = tenant.network();
        Server original = compute.server(Tenant.A.webServerId());
        VolumeAttachment boot = compute.attachments(original.id()).stream()
                .filter(disk -> Objects.equals(disk.device(), original.rootDeviceName()))
                .findFirst()
                .orElseThrow();
        Snapshot snapshot = volumes.snapshots().stream()
                .filter(taken -> taken.volumeId().equals(boot.volumeId()))
                .findFirst()
                .orElseThrow();

        Volume volume = volumes.create(
                new VolumeSpec("restored", snapshot.id(), null, null, null, null, Map.of("restore_step", "job-1/2")));
        await().atMost(PATIENCE).until(() -> volumes.volume(volume.id()).available());
        assertThat(volumes.volumesMarked("restore_step", "job-1/2"))
                .extracting(Volume::id)
                .containsExactly(volume.id());

        List<Port> ports = portsInNicOrder(original, network);
        assertThat(ports).hasSizeGreaterThan(1);
        List<String> made = ports.stream()
                .map(port -> network.createPort(PortSpec.on(port.networkId(), "restore/job-1/" + port.id())
                                .withSecurityGroups(port.securityGroupIds()))
                        .id())
                .toList();
        String id = compute.create(new ServerSpec(
                "web-1-restored",
                SampleCloud.FLAVOR_SMALL_ID,
                volume.id(),
                made,
                importedKey(original),
                Map.of("restore_job", "job-1"),
                List.of("restore-job-1"),
                "restored",
                null,
                original.configDrive(),
                original.userData(),
                null));
        await().atMost(PATIENCE).until(() -> compute.server(id).active());

        Server restored = compute.server(id);
        assertThat(restored.nics())
                .extracting(Nic::networkName)
                .isEqualTo(original.nics().stream().map(Nic::networkName).toList());
        assertThat(restored.userData()).isEqualTo(original.userData()).isNotNull();
        assertThat(restored.tags()).containsExactly("restore-job-1");
        assertThat(restored.projectId()).isEqualTo(Tenant.A.projectId());
        assertThat(compute.servers(ServerQuery.tagged("restore-job-1")))
                .extracting(Server::id)
                .containsExactly(id);
        assertThatThrownBy(() -> volumes.delete(volume.id())).isInstanceOf(CloudException.Invalid.class);

        assertThat(compute.interfaces(id)).containsExactlyInAnyOrderElementsOf(made);
        assertThat(compute.servers(ServerQuery.withId(id)))
                .extracting(Server::id)
                .containsExactly(id);
        assertThat(made).allMatch(port -> network.portsWithId(port).size() == 1);
        compute.delete(id);
        await().atMost(PATIENCE).untilAsserted(() -> assertAbsent(() -> compute.server(id)));
        assertAbsent(() -> compute.delete(id));
        made.forEach(network::deletePort);
        assertThat(made).allMatch(port -> network.portsWithId(port).isEmpty());
        await().atMost(PATIENCE).until(() -> volumes.volume(volume.id()).available());
        volumes.delete(volume.id());
        await().atMost(PATIENCE).untilAsserted(() -> assertAbsent(() -> volumes.volume(volume.id())));
        assertThat(tenant.cloudRequestIds()).hasSizeGreaterThan(6);
    }

    @Test
    void aTakenAddressIsAConflictThatSaysSo() {
        Networking network = tenant.network();
        Port taken = network.portsOfServer(Tenant.A.appServerId()).getFirst();
        CloudException.Conflict e = catchThrowableOfType(
                CloudException.Conflict.class,
                () -> network.createPort(PortSpec.on(taken.networkId(), "p").withFixedIps(taken.fixedIps())));
        assertThat(e.addressTaken()).isTrue();
        assertThat(network.portsNamed("p")).isEmpty();
    }

    @Test
    void whatALostAnswerMadeIsFoundByItsMark() {
        simulator.faults().once("POST .*/volumes", new Fault.LoseAnswer());
        String snapshot = tenant.volumes().snapshots().getFirst().id();
        VolumeSpec spec = new VolumeSpec("lost", snapshot, null, null, null, null, Map.of("restore_step", "job-2/1"));
        CloudException e = catchThrowableOfType(
                CloudException.class, () -> tenant.volumes().create(spec));
        assertThat(e.ambiguous()).isTrue();
        assertThat(tenant.volumes().volumesMarked("restore_step", "job-2/1")).hasSize(1);
    }

    @Test
    void aReadSurvivesAnOutageOfAMoment() {
        simulator.faults().add("GET .*/servers/detail", 2, new Fault.Answer(503, "maintenance", null));
        assertThat(tenant.compute().servers(ServerQuery.all())).isNotEmpty();
    }

    @Test
    void aFailedVolumeTellsItsReason() {
        simulator.faults().once("doomed", new Fault.VolumeFails("the backend is full"));
        Volumes volumes = tenant.volumes();
        String snapshot = volumes.snapshots().getFirst().id();
        Volume volume = volumes.create(new VolumeSpec("doomed", snapshot, null, null, null, null, Map.of()));
        await().atMost(PATIENCE).until(() -> volumes.volume(volume.id()).failed());
        assertThat(volumes.failureReason(volume.id()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("the backend is full"));
    }

    @Test
    void quotasOfAllServices() {
        assertThat(tenant.compute().quota()).containsKeys("instances", "cores", "ram");
        assertThat(tenant.volumes().quota()).containsKeys("volumes", "gigabytes");
        assertThat(tenant.network().quota()).containsKey("ports");
        assertThat(tenant.compute().quota().get("instances").used()).isPositive();
    }

    @Test
    void manyServersAreListedToTheLast() {
        int before = tenant.compute().servers(ServerQuery.all()).size();
        SampleCloud.addServers(simulator.cloud(), Tenant.A, 0, 1100);
        assertThat(tenant.compute().servers(ServerQuery.all())).hasSize(before + 1100);
    }

    private static void assertAbsent(ThrowingCallable look) {
        assertThatThrownBy(look)
                .isInstanceOfSatisfying(
                        CloudException.NotFound.class,
                        absent -> assertThat(absent.ofResource()).isTrue());
    }

    private String importedKey(Server original) {
        KeyPair key = client.admin()
                .keyPairs()
                .ofUser(
                        original.userId(),
                        Optional.ofNullable(original.keyName()).orElseThrow());
        assertThat(client.admin().keyPairs().namesOf(original.userId())).contains(key.name());
        tenant.keyPairs().importKey("restore-key", key.publicKey(), key.type());
        assertThat(tenant.keyPairs().names()).contains("restore-key");
        assertThatThrownBy(() -> tenant.keyPairs().importKey("restore-key", key.publicKey(), key.type()))
                .isInstanceOf(CloudException.Conflict.class);
        return "restore-key";
    }

    private static List<Port> portsInNicOrder(Server server, Networking network) {
        List<String> macs = server.nics().stream().map(Nic::macAddress).toList();
        return network.portsOfServer(server.id()).stream()
                .sorted(Comparator.comparing(port -> macs.indexOf(port.macAddress())))
                .toList();
    }

    private CloudSettings settings(@Nullable ServiceUser serviceUser) {
        return new CloudSettings(
                URI.create(simulator.authUrl()),
                null,
                EndpointInterface.PUBLIC,
                new Credentials(SampleCloud.ADMIN, "Default", SampleCloud.ADMIN_PASSWORD, "service", null, "Default"),
                serviceUser,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30));
    }
}
