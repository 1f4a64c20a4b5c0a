package io.vmrestore.executor.step.createvolume;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.step.Step;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.Presence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Deletes the volume that a create_volume step made, once the server that held it has let it go.
 *
 * <p>Safe to repeat: what is gone or being deleted is left alone. It deletes only volumes that carry the step's mark.
 * Cannot be reverted. Calls: Cinder GET volume, GET volumes by metadata, GET volumes of the project (shared poller),
 * DELETE volume, GET messages after a failure.
 */
@Component
final class RollbackVolume implements Step<StepTask.RollbackVolume> {
    private final StatusPollers pollers;

    RollbackVolume(StatusPollers pollers) {
        this.pollers = pollers;
    }

    @Override
    public Action action() {
        return Action.ROLLBACK_VOLUME;
    }

    @Override
    public Class<StepTask.RollbackVolume> taskType() {
        return StepTask.RollbackVolume.class;
    }

    @Override
    public void execute(StepTask.RollbackVolume task, Attempt attempt) throws InterruptedException {
        Mark mark = new Mark(task.createMark());
        Map<String, Volume> ours = new LinkedHashMap<>();
        MarkedVolumes.of(attempt.cloud(), mark).forEach(volume -> ours.put(volume.id(), volume));
        String named = task.volumeId();
        if (named != null
                && !ours.containsKey(named)
                && Certainty.await(attempt, () -> attempt.absence().volume(named))
                        instanceof Presence.Present<Volume>(Volume volume)) {
            ours.put(volume.id(), volume);
        }
        for (Volume volume : ours.values()) {
            if (!mark.on(volume.metadata())) {
                throw StepFailure.lasting(
                        FailureKind.CLOUD_REFUSED,
                        "Volume " + volume.id() + " does not carry the mark " + mark.text()
                                + " of this restore: it is left alone, delete it by hand if it is not needed");
            }
            attempt.found(ResourceType.VOLUME, volume.id(), volume.name());
            VolumeRemoval.remove(volume.id(), attempt, pollers);
        }
        attempt.note("deleted_volumes", List.copyOf(ours.keySet()));
    }
}
