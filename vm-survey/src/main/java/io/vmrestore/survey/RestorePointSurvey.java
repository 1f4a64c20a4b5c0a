package io.vmrestore.survey;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.openstack.volume.Volume;
import java.util.Map;
import java.util.function.Predicate;

/** Decides whether a snapshot is a restore point of a VM. */
final class RestorePointSurvey {
    private final String projectId;
    private final Absence absence;
    private final Reads reads;

    RestorePointSurvey(String projectId, Absence absence, Reads reads) {
        this.projectId = projectId;
        this.absence = absence;
        this.reads = reads;
    }

    /** @throws SurveyException if it cannot be restored */
    RestorePoint of(SurveyedVm vm, Presence<Snapshot> found, String snapshotId) throws InterruptedException {
        Snapshot snapshot = switch (found) {
            case Presence.Present<Snapshot>(Snapshot there) -> there;
            case Presence.Gone<Snapshot> _ ->
                throw SurveyException.of(
                        FailureKind.RESTORE_POINT_NOT_FOUND,
                        "Snapshot " + snapshotId + " does not exist in project " + projectId);
            case Presence.Unknown<Snapshot> unknown -> throw SurveyException.uncertain(unknown.reason());
        };
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
        if (snapshot.createdAt() == null || snapshot.size() == null) {
            throw SurveyException.of(
                    FailureKind.RESTORE_POINT_NOT_AVAILABLE,
                    "Snapshot " + snapshotId + " cannot be restored. " + RestorePoints.unreadable(snapshot));
        }
        return new RestorePoint(
                snapshot.id(), snapshot.name(), snapshot.volumeId(), snapshot.size(), snapshot.createdAt());
    }

    /** Whether the snapshot is of the boot volume, or of one before it as far as they are recorded. */
    private boolean ofBootVolume(SurveyedVm vm, Snapshot snapshot) throws InterruptedException {
        String boot = vm.server().bootVolume().id();
        Predicate<String> found = snapshot.volumeId()::equals;
        return Lineage.until(found, boot, vm.server().metadata(), volume -> metadata(vm, volume)).stream()
                .anyMatch(found);
    }

    private Map<String, String> metadata(SurveyedVm vm, String volumeId) throws InterruptedException {
        if (volumeId.equals(vm.server().bootVolume().id())) {
            return vm.bootVolumeMetadata();
        }
        return switch (reads.start("volume", () -> absence.volume(volumeId)).get()) {
            // What another project's volume says of its origin is not about this VM.
            case Presence.Present<Volume>(Volume volume) ->
                projectId.equals(volume.projectId()) ? volume.metadata() : Map.of();
            case Presence.Gone<Volume> _ -> Map.of();
            case Presence.Unknown<Volume> unknown -> throw SurveyException.uncertain(unknown.reason());
        };
    }
}
