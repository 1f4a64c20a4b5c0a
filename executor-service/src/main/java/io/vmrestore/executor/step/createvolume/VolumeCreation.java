package io.vmrestore.executor.step.createvolume;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Creation;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.openstack.volume.VolumeSpec;
import io.vmrestore.survey.Origin;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How create_volume makes its volume, finds it by its mark, and removes one too many. */
record VolumeCreation(StepTask.CreateVolume task, Attempt attempt, StatusPollers pollers) implements Creation<Volume> {
    @Override
    public List<Volume> find() {
        return MarkedVolumes.of(attempt.cloud(), Mark.of(attempt.address())).stream()
                .filter(volume -> !volume.status().equals("deleting"))
                .toList();
    }

    @Override
    public Volume fetch(String id) {
        return attempt.cloud().volumes().volume(id);
    }

    @Override
    public String create() {
        try {
            return attempt.cloud().volumes().create(spec()).id();
        } catch (CloudException.NotFound missing) {
            throw StepFailure.lasting(
                    FailureKind.RESTORE_POINT_NOT_FOUND,
                    "Snapshot " + task.restorePoint().id() + " no longer exists",
                    missing);
        }
    }

    /** Neither type nor zone: a volume from a snapshot can have no others than the snapshot's. */
    private VolumeSpec spec() {
        return new VolumeSpec(
                task.volumeName(),
                task.restorePoint().id(),
                task.restorePoint().sizeGigabytes(),
                task.source().volumeType(),
                null,
                "Restored from snapshot " + task.restorePoint().id() + " of volume "
                        + task.restorePoint().volumeId(),
                metadata());
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(Mark.KEY, attempt.address().mark());
        metadata.put(Origin.SNAPSHOT, task.restorePoint().id());
        metadata.put(Origin.VOLUME, task.restorePoint().volumeId());
        metadata.put(Origin.SERVER, task.sourceServerId());
        String earlier = earlier();
        if (!earlier.isEmpty()) {
            metadata.put(Origin.EARLIER, earlier);
        }
        return metadata;
    }

    /** What came before the snapshot's volume; a volume that does not tell it is no reason to make none. */
    private String earlier() {
        try {
            return Origin.earlierAfter(attempt.cloud()
                    .volumes()
                    .volume(task.restorePoint().volumeId())
                    .metadata());
        } catch (CloudException untold) {
            return "";
        }
    }

    @Override
    public void delete(Volume twin) throws InterruptedException {
        VolumeRemoval.remove(twin.id(), attempt, pollers);
    }

    @Override
    public String id(Volume volume) {
        return volume.id();
    }

    @Override
    public Instant createdAt(Volume volume) {
        return Objects.requireNonNullElse(volume.createdAt(), Instant.EPOCH);
    }
}
