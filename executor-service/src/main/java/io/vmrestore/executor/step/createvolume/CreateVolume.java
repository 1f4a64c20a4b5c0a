package io.vmrestore.executor.step.createvolume;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.ExactlyOne;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.step.Step;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Presence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Makes the new boot volume from the snapshot and waits until it is available and bootable.
 *
 * <p>Safe to repeat: the volume carries the step's mark in its metadata, is looked up by it before and after the create
 * call, and adopted. Reverted by {@link RollbackVolume}. Calls: Cinder GET volumes by metadata, POST volume, GET
 * volumes of the project (shared poller), GET volume, GET messages after a failure; POST os-set_bootable and
 * os-set_image_metadata where Cinder left something out.
 */
@Component
final class CreateVolume implements Step<StepTask.CreateVolume> {
    private final StatusPollers pollers;

    CreateVolume(StatusPollers pollers) {
        this.pollers = pollers;
    }

    @Override
    public Action action() {
        return Action.CREATE_VOLUME;
    }

    @Override
    public Class<StepTask.CreateVolume> taskType() {
        return StepTask.CreateVolume.class;
    }

    @Override
    public void execute(StepTask.CreateVolume task, Attempt attempt) throws InterruptedException {
        Volume volume = made(task, attempt);
        attempt.made(ResourceType.VOLUME, volume.id(), volume.name());
        Volume ready = new VolumeReadiness(attempt, pollers).await(volume);
        carryImageMetadata(task.source().imageMetadata(), ready, attempt);
    }

    @Override
    public void nameMade(StepTask.CreateVolume task, Attempt attempt) {
        new VolumeCreation(task, attempt, pollers)
                .find()
                .forEach(volume -> attempt.made(ResourceType.VOLUME, volume.id(), volume.name()));
    }

    private Volume made(StepTask.CreateVolume task, Attempt attempt) throws InterruptedException {
        try {
            return ExactlyOne.of(new VolumeCreation(task, attempt, pollers), attempt::requireMayMake, attempt.time());
        } catch (CloudException refused) {
            if (refused.fault() != CallFault.NOT_FOUND) {
                throw refused;
            }
            throw withoutSnapshot(task.restorePoint().id(), attempt, refused);
        }
    }

    /** Cinder lacks something that the volume needs: whether that is the snapshot has to be proven. */
    private static RuntimeException withoutSnapshot(String id, Attempt attempt, CloudException refused)
            throws InterruptedException {
        Absence absence = attempt.absence();
        Presence.Certain<Snapshot> snapshot =
                attempt.stop().during(() -> Certainty.await(attempt, () -> absence.snapshot(id)));
        return switch (snapshot) {
            case Presence.Present<Snapshot> _ -> refused;
            case Presence.Gone<Snapshot> _ ->
                StepFailure.lasting(
                        FailureKind.RESTORE_POINT_NOT_FOUND, "Snapshot " + id + " no longer exists", refused);
        };
    }

    /** Cinder copies the properties with the snapshot; without firmware or bus the guest would not boot. */
    private static void carryImageMetadata(Map<String, String> original, Volume volume, Attempt attempt) {
        Map<String, String> missing = new HashMap<>(original);
        missing.keySet().removeAll(volume.imageMetadata().keySet());
        if (!missing.isEmpty()) {
            attempt.cloud().volumes().setImageMetadata(volume.id(), missing);
            attempt.note("image_metadata_added", List.copyOf(missing.keySet()));
        }
    }
}
