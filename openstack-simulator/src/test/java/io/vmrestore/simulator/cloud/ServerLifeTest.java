package io.vmrestore.simulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.engine.ManualTime;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerLifeTest {
    private static final Duration QUARTER = TestCloud.SERVER_TIME.dividedBy(4);

    @Test
    void aServerPassesThroughItsStatesAndItsVolumeWithIt() {
        TestCloud test = TestCloud.slow();
        String volume = availableVolume(test);
        String port = test.createPort();
        String id =
                test.createServer("restored", volume, false, Nic.ofPort(port)).id();
        List<String> states = new ArrayList<>();
        for (int quarter = 0; quarter <= 4; quarter++) {
            states.add(test.state(id) + " " + test.volume(volume).status().text());
            test.time.advance(QUARTER);
        }
        assertThat(states)
                .containsExactly(
                        "BUILD/scheduling reserved",
                        "BUILD reserved",
                        "BUILD/block_device_mapping attaching",
                        "BUILD/spawning in-use",
                        "ACTIVE in-use");
        assertThat(port(test, port).deviceId()).isEqualTo(id);
        assertThat(test.volume(volume).state().attachments())
                .singleElement()
                .satisfies(attachment -> assertThat(attachment.device()).isEqualTo("/dev/vda"));
    }

    @Test
    void withoutDelaysItIsActiveWhenTheCallReturns() {
        TestCloud test = TestCloud.instant();
        String volume = test.createVolume("boot").id();
        String id = test.createServer("restored", volume, false).id();
        assertThat(test.state(id)).isEqualTo("ACTIVE");
        test.deleteServer(id);
        assertThat(test.refusal(() -> test.cloud.servers().visible(test.caller, id)))
                .isEqualTo("Instance " + id + " could not be found.");
    }

    @Test
    void aDeletedServerShowsForAMomentAndLeavesThePortsThatWereMadeBeforeIt() {
        TestCloud test = TestCloud.slow();
        String volume = availableVolume(test);
        String port = test.createPort();
        String id = test.createServer(
                        "restored", volume, false, Nic.ofPort(port), Nic.onNetwork(Tenant.A.backNetworkId(), null))
                .id();
        test.time.advance(TestCloud.SERVER_TIME);
        String made = test.server(id).state().nics().get(1).portId();
        test.deleteServer(id);
        test.deleteServer(id);
        assertThat(test.state(id)).isEqualTo("ACTIVE/deleting");
        test.time.advance(TestCloud.SERVER_TIME.dividedBy(2));
        assertThat(test.state(id)).isEqualTo("DELETED");
        assertThat(test.volume(volume).status()).isEqualTo(VolumeStatus.AVAILABLE);
        assertThat(port(test, port).deviceId()).isEmpty();
        assertThat(port(test, port).fixedIps()).isNotEmpty();
        assertThat(test.cloud.execute(() -> test.cloud.ports().find(made))).isEmpty();
        test.time.advance(TestCloud.SERVER_TIME);
        assertThat(test.refusal(() -> test.cloud.servers().visible(test.caller, id)))
                .contains("could not be found");
    }

    @Test
    void aServerDeletedWhileItSpawnsIsActiveForAMoment() {
        TestCloud test = TestCloud.slow();
        String id = test.createServer("restored", availableVolume(test), false).id();
        test.time.advance(QUARTER.multipliedBy(3));
        test.deleteServer(id);
        assertThat(test.state(id)).isEqualTo("BUILD/deleting");
        test.time.advance(QUARTER);
        assertThat(test.state(id)).isEqualTo("ACTIVE");
        test.time.advance(QUARTER);
        assertThat(test.state(id)).isEqualTo("DELETED");
    }

    @Test
    void aServerDeletedBeforeItWasScheduledIsGoneAtOnce() {
        TestCloud test = TestCloud.slow();
        String volume = availableVolume(test);
        String id = test.createServer("restored", volume, false).id();
        test.deleteServer(id);
        assertThat(test.refusal(() -> test.cloud.servers().visible(test.caller, id)))
                .contains("could not be found");
        assertThat(test.volume(volume).status()).isEqualTo(VolumeStatus.AVAILABLE);
        test.time.advance(TestCloud.SERVER_TIME);
        assertThat(test.cloud
                        .execute(() -> test.cloud.servers().find(id).orElseThrow())
                        .state()
                        .vmState())
                .isEqualTo(VmState.DELETED);
    }

    @Test
    void withoutAValidHostTheVolumeStaysReservedUntilTheServerIsDeleted() {
        TestCloud test = TestCloud.instant();
        test.cloud.faults().once("^restored$", new Fault.ServerFails(Fault.Stage.SCHEDULING, null));
        String volume = test.createVolume("boot").id();
        String id = test.createServer("restored", volume, false).id();
        assertThat(test.state(id)).isEqualTo("ERROR");
        assertThat(fault(test, id)).isEqualTo("No valid host was found. ");
        assertThat(test.volume(volume).status()).isEqualTo(VolumeStatus.RESERVED);
        assertThat(test.refusal(() -> test.cloud.volumes().delete(test.caller, volume)))
                .startsWith("Invalid volume");
        test.deleteServer(id);
        assertThat(test.volume(volume).status()).isEqualTo(VolumeStatus.AVAILABLE);
    }

    @Test
    void afterAFailedSpawnVolumeAndPortAreFree() {
        TestCloud test = TestCloud.instant();
        test.cloud.faults().once("^restored$", new Fault.ServerFails(Fault.Stage.ABORT, "the disk is broken"));
        String volume = test.createVolume("boot").id();
        String port = test.createPort();
        String id =
                test.createServer("restored", volume, false, Nic.ofPort(port)).id();
        assertThat(fault(test, id)).isEqualTo("the disk is broken");
        assertThat(test.volume(volume).status()).isEqualTo(VolumeStatus.AVAILABLE);
        assertThat(port(test, port).deviceId()).isEmpty();
    }

    @Test
    void aStuckServerBuildsUntilItIsDeleted() {
        TestCloud test = TestCloud.slow();
        test.cloud.faults().once("stuck", new Fault.ServerStuck());
        String id = test.createServer("stuck", availableVolume(test), false).id();
        test.time.advance(Duration.ofHours(1));
        assertThat(test.state(id)).isEqualTo("BUILD/spawning");
        test.deleteServer(id);
        test.time.advance(Duration.ofHours(1));
        assertThat(test.refusal(() -> test.cloud.servers().visible(test.caller, id)))
                .contains("could not be found");
    }

    @Test
    void deleteOnTerminationTakesTheVolumeUnlessItHasSnapshots() {
        TestCloud test = TestCloud.instant();
        String plain = test.createVolume("plain").id();
        String snapshotted = test.createVolume("snapshotted").id();
        test.cloud.run(() -> test.cloud.volumes().snapshot(test.caller, snapshotted, "s", null, Map.of(), true));
        test.deleteServer(test.createServer("one", plain, true).id());
        test.deleteServer(test.createServer("two", snapshotted, true).id());
        assertThat(test.cloud.execute(() -> test.cloud.volumes().find(plain))).isEmpty();
        assertThat(test.volume(snapshotted).status()).isEqualTo(VolumeStatus.AVAILABLE);
    }

    @Test
    void aVolumeServesOneServerOnly() {
        TestCloud test = TestCloud.slow();
        String volume = availableVolume(test);
        test.createServer("first", volume, false);
        assertThat(test.refusal(() -> test.createServer("second", volume, false)))
                .contains("status must be available or downloading to reserve, but the current status is reserved");
    }

    @Test
    void quotasNameEverythingThatIsExceeded() {
        TestCloud test = TestCloud.instant();
        String volume = test.createVolume("boot").id();
        test.cloud.run(
                () -> test.cloud.servers().quotas().change(Tenant.A.projectId(), Map.of("instances", 4, "ram", 4000)));
        assertThat(test.refusal(() -> test.createServer("restored", volume, false)))
                .isEqualTo("Quota exceeded for instances, ram: Requested 1, 512, but already used 4, 3584 of 4, 4000"
                        + " instances, ram");
        assertThat(test.volume(volume).status()).isEqualTo(VolumeStatus.AVAILABLE);
    }

    @Test
    void aWrittenStateGoesOnWhereItStopped() {
        TestCloud test = TestCloud.slow();
        String volume = availableVolume(test);
        String building = test.createServer("building", volume, false).id();
        String creating = test.createVolume("creating").id();
        test.deleteServer(Tenant.A.appServerId());
        ManualTime later = new ManualTime(test.time.now());
        Cloud restarted = new Cloud(later, new Random(2), test.cloud.latencies(), Duration.ofHours(1));
        for (int i = 0; i < restarted.engine().tables().size(); i++) {
            Table<?> target = restarted.engine().tables().get(i);
            test.cloud.engine().tables().get(i).all().forEach(target::load);
        }
        restarted.resume();
        later.advance(Duration.ofMinutes(1));
        restarted.run(() -> {
            assertThat(restarted.servers().find(building).orElseThrow().state().vmState())
                    .isEqualTo(VmState.ACTIVE);
            assertThat(restarted.volumes().find(creating).orElseThrow().status())
                    .isEqualTo(VolumeStatus.AVAILABLE);
            assertThat(restarted
                            .servers()
                            .find(Tenant.A.appServerId())
                            .orElseThrow()
                            .state()
                            .shown())
                    .isFalse();
        });
    }

    private static String availableVolume(TestCloud test) {
        String id = test.createVolume("boot").id();
        test.time.advance(TestCloud.VOLUME_TIME);
        return id;
    }

    private static Port port(TestCloud test, String id) {
        return test.cloud.execute(() -> test.cloud.ports().find(id).orElseThrow());
    }

    private static String fault(TestCloud test, String id) {
        var fault = test.server(id).state().fault();
        return fault == null ? "" : fault.message();
    }
}
