package io.vmrestore.openstack.survey;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.openstack.volume.Volumes;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether a snapshot is a restore point of a VM. */
final class RestorePointSurvey {
    /** Guards against metadata that leads on and on. */
    private static final int LONGEST_CHAIN = 50;

    private final String projectId;
    private final Volumes cinder;
    private final Reads reads;

    RestorePointSurvey(String projectId, Volumes cinder, Reads reads) {
        this.projectId = projectId;
        this.cinder = cinder;
        this.reads = reads;
    }

    /** @throws SurveyException if it cannot be restored */
    RestorePoint of(SurveyedVm vm, Optional<Snapshot> found, String snapshotId) throws InterruptedException {
        Snapshot snapshot = found.orElseThrow(() -> SurveyException.of(
                FailureKind.RESTORE_POINT_NOT_FOUND,
                "Snapshot " + snapshotId + " does not exist in project " + projectId));
        // The admin role reaches the snapshots of every project.
        if (snapshot.projectId() != null && !snapshot.projectId().equals(projectId)) {
            throw SurveyException.of(
                    FailureKind.RESTORE_POINT_MISMATCH,
                    "Snapshot " + snapshotId + " belongs to another project than VM "
                            + vm.server().id());
        }
        if (!ofBootVolume(vm, snapshot)) {
            throw SurveyException.of(
                    FailureKind.RESTORE_POINT_MISMATCH,
                    "Snapshot " + snapshotId + " is of volume " + snapshot.volumeId() + ", which neither is the boot"
                            + " volume of VM " + vm.server().id() + " ("
                            + vm.server().bootVolume().id()
                            + ") nor was before a restore");
        }
        if (!snapshot.available()) {
            throw SurveyException.of(
                    FailureKind.RESTORE_POINT_NOT_AVAILABLE,
                    "Snapshot " + snapshotId + " is " + snapshot.status() + "; only an available one can be restored");
        }
        return new RestorePoint(
                snapshot.id(), snapshot.name(), snapshot.volumeId(), snapshot.size(), snapshot.createdAt());
    }

    /** Follows the boot volume back to those it was restored from, as far as they are recorded. */
    private boolean ofBootVolume(SurveyedVm vm, Snapshot snapshot) throws InterruptedException {
        Set<String> seen = new HashSet<>();
        String volumeId = vm.server().bootVolume().id();
        Map<String, String> metadata = vm.bootVolumeMetadata();
        while (volumeId != null && seen.size() < LONGEST_CHAIN && seen.add(volumeId)) {
            if (volumeId.equals(snapshot.volumeId())) {
                return true;
            }
            volumeId = metadata.get(Origin.VOLUME);
            metadata = metadata(volumeId);
        }
        return false;
    }

    private Map<String, String> metadata(@Nullable String volumeId) throws InterruptedException {
        return volumeId == null
                ? Map.of()
                : reads.start("volume", () -> cinder.findVolume(volumeId))
                        .get()
                        .map(Volume::metadata)
                        .orElse(Map.of());
    }
}
