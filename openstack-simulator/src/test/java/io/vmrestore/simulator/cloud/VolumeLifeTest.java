package io.vmrestore.simulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeRequest;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.cloud.volume.VolumeType;
import io.vmrestore.simulator.engine.Quotas;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumeLifeTest {
    @Test
    void aVolumeOfASnapshotTakesItsTimeAndKeepsWhatMakesItBoot() {
        TestCloud test = TestCloud.slow();
        Volume accepted = test.createVolume("restored");
        assertThat(accepted.status()).isEqualTo(VolumeStatus.CREATING);
        assertThat(accepted.state().bootable()).isTrue();
        test.time.advance(TestCloud.VOLUME_TIME.minusMillis(1));
        assertThat(test.volume(accepted.id()).status()).isEqualTo(VolumeStatus.CREATING);
        test.time.advance(Duration.ofMillis(1));
        Volume done = test.volume(accepted.id());
        assertThat(done.status()).isEqualTo(VolumeStatus.AVAILABLE);
        assertThat(done.spec().imageMetadata()).containsEntry("hw_firmware_type", "uefi");
        assertThat(done.spec().size()).isEqualTo(10);
        assertThat(done.projectId()).isEqualTo(Tenant.A.projectId());
    }

    @Test
    void withoutDelaysItIsAvailableWhenTheCallReturns() {
        TestCloud test = TestCloud.instant();
        Volume answered = test.createVolume("restored");
        assertThat(answered.status()).isEqualTo(VolumeStatus.CREATING);
        assertThat(test.volume(answered.id()).status()).isEqualTo(VolumeStatus.AVAILABLE);
    }

    @Test
    void aFailureLeavesItsReasonInTheMessages() {
        TestCloud test = TestCloud.slow();
        test.cloud.faults().once("^doomed$", new Fault.VolumeFails("no space on any backend"));
        String id = test.createVolume("doomed").id();
        test.time.advance(TestCloud.VOLUME_TIME);
        assertThat(test.volume(id).status()).isEqualTo(VolumeStatus.ERROR);
        test.cloud.run(() -> assertThat(test.cloud.volumes().life().messagesFor(id))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).isEqualTo("no space on any backend")));
        assertThat(test.createVolume("doomed").status())
                .as("the fault is used up")
                .isEqualTo(VolumeStatus.CREATING);
    }

    @Test
    void aStuckVolumeStaysInCreating() {
        TestCloud test = TestCloud.slow();
        test.cloud.faults().once("stuck", new Fault.VolumeStuck());
        String id = test.createVolume("stuck").id();
        test.time.advance(Duration.ofHours(1));
        assertThat(test.volume(id).status()).isEqualTo(VolumeStatus.CREATING);
    }

    @Test
    void aVolumeMayBeAvailableBeforeItIsBootable() {
        TestCloud test = TestCloud.instant();
        test.cloud.faults().once("late", new Fault.LateBootable(Duration.ofSeconds(3)));
        String id = test.createVolume("late").id();
        assertThat(test.volume(id).status()).isEqualTo(VolumeStatus.AVAILABLE);
        assertThat(test.volume(id).state().bootable()).isFalse();
        test.time.advance(Duration.ofSeconds(3));
        assertThat(test.volume(id).state().bootable()).isTrue();
    }

    @Test
    void deletingTakesTimeAndIsRefusedWhileItIsUsedOrHasSnapshots() {
        TestCloud test = TestCloud.slow();
        String bootVolume = Tenant.A.id("volume/web-1-boot");
        assertThat(test.refusal(() -> test.cloud.volumes().delete(test.caller, bootVolume)))
                .startsWith("Invalid volume: Volume status must be available or error");
        String id = test.createVolume("restored").id();
        test.time.advance(TestCloud.VOLUME_TIME);
        String snapshot = test.cloud.execute(() -> test.cloud
                .volumes()
                .snapshot(test.caller, id, "s", null, Map.of(), false)
                .id());
        test.time.advance(TestCloud.VOLUME_TIME);
        assertThat(test.refusal(() -> test.cloud.volumes().delete(test.caller, id)))
                .contains("have snapshots");
        test.cloud.run(() -> test.cloud.volumes().snapshots().delete(test.caller, snapshot));
        test.time.advance(TestCloud.VOLUME_TIME);
        test.cloud.run(() -> test.cloud.volumes().delete(test.caller, id));
        assertThat(test.volume(id).status()).isEqualTo(VolumeStatus.DELETING);
        test.time.advance(TestCloud.VOLUME_TIME);
        assertThat(test.refusal(() -> test.cloud.volumes().visible(test.caller, id)))
                .isEqualTo("Volume " + id + " could not be found.");
    }

    @Test
    void beforeABackendIsChosenADeletionIsInstantAndAfterwardsRefused() {
        TestCloud test = TestCloud.slow();
        String unscheduled = test.createVolume("a").id();
        test.cloud.run(() -> test.cloud.volumes().delete(test.caller, unscheduled));
        assertThat(test.cloud.execute(() -> test.cloud.volumes().find(unscheduled)))
                .isEmpty();
        String scheduled = test.createVolume("b").id();
        test.time.advance(TestCloud.VOLUME_TIME.dividedBy(2));
        assertThat(test.refusal(() -> test.cloud.volumes().delete(test.caller, scheduled)))
                .startsWith("Invalid volume");
        test.time.advance(TestCloud.VOLUME_TIME);
        assertThat(test.cloud.execute(() -> test.cloud.volumes().find(unscheduled)))
                .isEmpty();
    }

    @Test
    void quotasCountVolumesSnapshotsAndTypes() {
        TestCloud test = TestCloud.instant();
        Quotas quotas = test.cloud.volumes().limits().quotas();
        String project = Tenant.A.projectId();
        Runnable create =
                () -> test.cloud.volumes().create(test.caller, VolumeRequest.ofSnapshot(TestCloud.snapshotId(), null));
        test.cloud.run(() -> quotas.change(project, Map.of("volumes", 4)));
        assertThat(test.refusal(create))
                .isEqualTo("VolumeLimitExceeded: Maximum number of volumes allowed (4) exceeded for quota 'volumes'.");
        test.cloud.run(() -> quotas.change(project, Map.of("volumes", -1, "gigabytes", 139)));
        assertThat(test.refusal(create))
                .isEqualTo("VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes"
                        + " quota. Requested 10G, quota is 139G and 140G has been consumed.");
        test.cloud.run(() -> quotas.change(project, Map.of("gigabytes", -1, "gigabytes_" + VolumeType.DEFAULT, 145)));
        assertThat(test.refusal(create)).contains("allowed gigabytes___DEFAULT__ quota");
        test.cloud.run(() -> quotas.change(project, Map.of("gigabytes_" + VolumeType.DEFAULT, 150)));
        test.cloud.run(create);
    }
}
