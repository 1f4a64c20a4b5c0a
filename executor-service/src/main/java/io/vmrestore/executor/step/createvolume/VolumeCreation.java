package io.vmrestore.executor.step.createvolume;

import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.idempotency.Creation;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.openstack.volume.VolumeSpec;
import io.vmrestore.survey.Origin;
import io.vmrestore.survey.OwnMetadata;
import java.time.Instant;
import java.util.HashMap;
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
        return attempt.cloud().volumes().create(spec()).id();
    }

    /** Neither type nor zone: a volume from a snapshot can have no others than the snapshot's. */
    private VolumeSpec spec() {
        RestorePoint point = task.restorePoint();
        Carried carried = task.carried();
        Map<String, String> metadata = new HashMap<>(carried == null ? Map.of() : carried.volumeMetadata());
        metadata.put(Mark.KEY, attempt.address().mark());
        metadata.put(Origin.SNAPSHOT, point.id());
        metadata.put(Origin.VOLUME, point.volumeId());
        metadata.put(Origin.SERVER, task.sourceServerId());
        String earlier = earlier();
        if (!earlier.isEmpty()) {
            metadata.put(Origin.EARLIER, earlier);
        }
        return new VolumeSpec(
                task.volumeName(),
                point.id(),
                point.sizeGigabytes(),
                task.source().volumeType(),
                null,
                carried == null || carried.volumeDescription() == null
                        ? OwnMetadata.description(point)
                        : carried.volumeDescription(),
                metadata);
    }

    /** What came before the snapshot's volume; a volume that does not tell it is no reason to make none. */
    private String earlier() {
        try {
            return Origin.earlierAfter(attempt.cloud()
                    .volumes()
                    .volume(task.restorePoint().volumeId())
                    .metadata());
        } catch (CloudException untold) {
            // No answer is waited for; only a refusal says that there is nothing to learn.
            if (FailureClass.of(untold) != FailureClass.REFUSAL) {
                throw untold;
            }
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
