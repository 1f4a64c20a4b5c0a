package io.vmrestore.simulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.network.PortRequest;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The awkward ends that a server may come to. */
class ServerRemovalTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestCloud test = TestCloud.instant();
    private final String web = Tenant.A.webServerId();
    private final String bootVolume = Tenant.A.id("volume/web-1-boot");
    private final Caller member =
            test.cloud.execute(() -> test.cloud.callerFor(new Owner(Tenant.A.projectId(), Tenant.A.ownerId())));

    @Test
    void aSoftDeletedServerKeepsEverythingUntilItIsDeletedByForce() {
        test.cloud.faults().once("^web-1$", new Fault.SoftDelete(HOUR));
        test.deleteServer(web);
        test.deleteServer(web);
        assertThat(test.state(web)).isEqualTo("SOFT_DELETED");
        assertThat(test.volume(bootVolume).status()).isEqualTo(VolumeStatus.IN_USE);
        assertThat(port("web-1-0").orElseThrow().deviceId()).isEqualTo(web);
        test.cloud.run(() -> test.cloud.servers().forceDelete(test.caller, web));
        assertGone(web);
        assertThat(test.volume(bootVolume).status()).isEqualTo(VolumeStatus.AVAILABLE);
    }

    @Test
    void aSoftDeletedServerIsReclaimedAfterItsInterval() {
        test.cloud.faults().once(web, new Fault.SoftDelete(HOUR));
        test.deleteServer(web);
        test.time.advance(HOUR.minusSeconds(1));
        assertThat(test.state(web)).isEqualTo("SOFT_DELETED");
        test.time.advance(Duration.ofSeconds(1));
        assertGone(web);
    }

    @Test
    void aSoftDeletionCanBeTakenBack() {
        test.cloud.faults().once(web, new Fault.SoftDelete(HOUR));
        test.deleteServer(web);
        test.cloud.run(() -> test.cloud.servers().restore(test.caller, web));
        assertThat(test.state(web)).isEqualTo("ACTIVE");
        test.time.advance(HOUR);
        assertThat(test.state(web)).isEqualTo("ACTIVE");
        assertThat(test.refusal(() -> test.cloud.servers().restore(test.caller, web)))
                .isEqualTo("Cannot 'restore' instance " + web + " while it is in vm_state active");
    }

    @Test
    void softDeletionTakesItsTimeAndDoesNotCountAgainstTheQuota() {
        TestCloud slow = TestCloud.slow();
        int before = slow.cloud.execute(
                () -> slow.cloud.servers().limits().usage(Tenant.A.projectId()).get("instances"));
        slow.cloud.faults().once("^web-1$", new Fault.SoftDelete(HOUR));
        slow.deleteServer(web);
        assertThat(slow.state(web)).isEqualTo("ACTIVE/soft-deleting");
        slow.time.advance(TestCloud.SERVER_TIME);
        assertThat(slow.state(web)).isEqualTo("SOFT_DELETED");
        slow.cloud.run(() -> assertThat(slow.cloud.servers().limits().usage(Tenant.A.projectId()))
                .containsEntry("instances", before - 1));
    }

    @Test
    void aHostThatIsDownShowsAndItsServersAreDeletedByTheApiAlone() {
        TestCloud slow = TestCloud.slow();
        assertThat(slow.cloud.execute(() -> slow.cloud.servers().hosts().status(slow.server(web))))
                .isEqualTo("UP");
        slow.cloud.faults().always("^web-1$", new Fault.HostDown(null));
        assertThat(slow.cloud.execute(() -> slow.cloud.servers().hosts().status(slow.server(web))))
                .isEqualTo("DOWN");
        slow.cloud.run(() -> slow.cloud.servers().stop(slow.caller, web));
        slow.time.advance(HOUR);
        assertThat(slow.state(web)).isEqualTo("ACTIVE/powering-off");
        slow.deleteServer(web);
        assertThat(slow.refusal(() -> slow.cloud.servers().visible(slow.caller, web)))
                .contains("could not be found");
        assertThat(slow.volume(bootVolume).status()).isEqualTo(VolumeStatus.AVAILABLE);
    }

    @Test
    void withItsOnlyHostDownNothingIsScheduled() {
        test.cloud.faults().always(Servers.HOST, new Fault.HostDown("UNKNOWN"));
        String id =
                test.createServer("new", test.createVolume("boot").id(), false).id();
        assertThat(test.state(id)).isEqualTo("ERROR");
    }

    @Test
    void aDeletedServerMayShowForLong() {
        test.cloud.faults().once("^web-1$", new Fault.DeletedShown(HOUR));
        test.deleteServer(web);
        test.time.advance(HOUR.minusSeconds(1));
        assertThat(test.state(web)).isEqualTo("DELETED");
        test.time.advance(Duration.ofSeconds(1));
        assertGone(web);
    }

    @Test
    void aDeletionMayNotEndOrFail() {
        test.cloud.faults().once("^web-1$", new Fault.ServerDeletionStuck());
        test.deleteServer(web);
        test.time.advance(HOUR);
        assertThat(test.state(web)).isEqualTo("ACTIVE/deleting");
        String app = Tenant.A.appServerId();
        test.cloud.faults().once("^app-1$", new Fault.ServerDeletionFails("the disk is held"));
        test.deleteServer(app);
        assertThat(test.state(app)).isEqualTo("ERROR");
        assertThat(test.server(app).state().fault())
                .isNotNull()
                .satisfies(fault -> assertThat(fault.message()).isEqualTo("the disk is held"));
        test.deleteServer(app);
        assertGone(app);
    }

    @Test
    void portsMayOutliveTheirServerAndHoldTheirAddresses() {
        String mine = test.createPort();
        Server server = test.createServer(
                "mixed",
                test.createVolume("boot").id(),
                false,
                Nic.ofPort(mine),
                Nic.onNetwork(Tenant.A.backNetworkId(), null));
        String made = test.server(server.id()).state().nics().get(1).portId();
        test.cloud.faults().once("^mixed$", new Fault.PortsOutliveServer(HOUR));
        test.deleteServer(server.id());
        assertGone(server.id());
        test.cloud.run(() -> {
            assertThat(test.cloud.ports().find(mine).orElseThrow().deviceId()).isEqualTo(server.id());
            assertThat(test.cloud.ports().find(made).orElseThrow().deviceId()).isEqualTo(server.id());
        });
        test.time.advance(HOUR);
        test.cloud.run(() -> {
            assertThat(test.cloud.ports().find(mine).orElseThrow().isFree()).isTrue();
            assertThat(test.cloud.ports().find(made)).isEmpty();
        });
    }

    @Test
    void aVolumeMayBeReleasedLate() {
        test.cloud.faults().once("^web-1-boot$", new Fault.VolumeReleasedLate(HOUR));
        test.deleteServer(web);
        assertGone(web);
        assertThat(test.volume(bootVolume).status()).isEqualTo(VolumeStatus.DETACHING);
        assertThat(test.refusal(() -> test.cloud.volumes().delete(test.caller, bootVolume)))
                .startsWith("Invalid volume");
        test.time.advance(HOUR);
        assertThat(test.volume(bootVolume).status()).isEqualTo(VolumeStatus.AVAILABLE);
    }

    @Test
    void anAddressMayStayTakenThoughItsPortIsGone() {
        Port port = port("web-1-0").orElseThrow();
        String address = port.fixedIps().getFirst().ipAddress();
        test.cloud.faults().once("^web-1-0$", new Fault.AddressReleasedLate(HOUR));
        test.cloud.run(() -> test.cloud.ports().delete(test.caller, port.id()));
        PortRequest again = PortRequest.on(Tenant.A.frontNetworkId(), "", List.of(address), List.of());
        assertThat(test.refusal(() -> test.cloud.ports().create(test.caller, again)))
                .startsWith("IP address " + address + " already allocated");
        test.time.advance(HOUR);
        test.cloud.run(() -> test.cloud.ports().create(test.caller, again));
    }

    @Test
    void aLockStopsMembersButNotAdministrators() {
        test.cloud.run(() -> test.cloud.servers().lock(member, web, "careful"));
        assertThat(test.refusal(() -> test.cloud.servers().delete(member, web)))
                .isEqualTo("Instance " + web + " is locked");
        assertThat(test.refusal(() -> test.cloud.servers().forceDelete(member, web)))
                .isEqualTo("Instance " + web + " is locked");
        test.cloud.run(() -> test.cloud.servers().unlock(member, web));
        test.cloud.run(() -> test.cloud.servers().delete(member, web));
        assertGone(web);
    }

    @Test
    void whatAForeignAdministratorLockedAMemberCannotUnlock() {
        Caller foreign = test.cloud.execute(() ->
                test.cloud.callerFor(new Owner(SampleCloud.SERVICE_PROJECT_ID, SampleCloud.userId(SampleCloud.ADMIN))));
        test.cloud.run(() -> test.cloud.servers().lock(foreign, web, null));
        assertThat(test.refusal(() -> test.cloud.servers().unlock(member, web))).contains("unlock_override");
        test.cloud.run(() -> test.cloud.servers().unlock(foreign, web));
        assertThat(test.server(web).state().locked()).isFalse();
    }

    @Test
    void rebootsComeBack() {
        TestCloud slow = TestCloud.slow();
        slow.cloud.run(() -> slow.cloud.servers().reboot(slow.caller, web, true));
        assertThat(slow.state(web)).isEqualTo("ACTIVE/rebooting_hard");
        assertThat(slow.refusal(() -> slow.cloud.servers().reboot(slow.caller, web, false)))
                .isEqualTo("Cannot 'reboot' instance " + web + " while it is in task_state rebooting_hard");
        slow.time.advance(TestCloud.SERVER_TIME);
        assertThat(slow.state(web)).isEqualTo("ACTIVE");
    }

    private void assertGone(String id) {
        assertThat(test.refusal(() -> test.cloud.servers().visible(test.caller, id)))
                .contains("could not be found");
        assertThat(test.cloud.execute(() ->
                        test.cloud.servers().find(id).orElseThrow().state().vmState()))
                .isEqualTo(VmState.DELETED);
    }

    private Optional<Port> port(String name) {
        return test.cloud.execute(() -> test.cloud.ports().find(Tenant.A.id("port/" + name)));
    }
}
