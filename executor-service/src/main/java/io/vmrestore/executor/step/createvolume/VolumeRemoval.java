package io.vmrestore.executor.step.createvolume;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.poll.StatusPoller;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Presence;
import java.util.Set;

/** Deletes a volume that Cinder may still be busy with, and waits until it is gone. */
final class VolumeRemoval {
    /** Cinder refuses (400) to delete a volume in these states; each of them ends. */
    private static final Set<String> BUSY =
            Set.of("creating", "downloading", "reserved", "attaching", "in-use", "detaching");

    private VolumeRemoval() {}

    static void remove(String id, Attempt attempt, StatusPollers pollers) throws InterruptedException {
        Absence absence = attempt.absence();
        StatusPoller<Volume> poller = pollers.volumes(attempt.cloud().projectId());
        Presence<Volume> free =
                poller.await(id, () -> absence.volume(id), view -> !busy(view, attempt), attempt.deadline());
        if (!(Certainty.required(free) instanceof Presence.Present<Volume>(Volume volume))) {
            return;
        }
        if (busy(volume, attempt)) {
            throw StepFailure.passing(
                    FailureKind.DEADLINE_EXCEEDED,
                    "Volume " + id + " could not be deleted: it was still " + volume.status()
                            + " at the step's deadline " + attempt.deadline());
        }
        if (!volume.status().equals("deleting")) {
            Certainty.required(absence.deleteVolume(id));
        }
        Presence<Volume> last =
                poller.await(id, () -> absence.volume(id), view -> ended(view, attempt), attempt.deadline());
        if (Certainty.required(last) instanceof Presence.Present<Volume>(Volume left)) {
            throw StepFailure.passing(
                    left.failed() ? FailureKind.RESOURCE_FAILED : FailureKind.DEADLINE_EXCEEDED,
                    "Volume " + id + " could not be deleted: it is " + left.status() + ". "
                            + attempt.cloud().volumes().failureReason(id).orElse("Cinder gives no reason"));
        }
        attempt.note("volume_status", "gone");
    }

    private static boolean busy(Volume view, Attempt attempt) {
        attempt.note("volume_status", view.status());
        return BUSY.contains(view.status());
    }

    private static boolean ended(Volume view, Attempt attempt) {
        attempt.note("volume_status", view.status());
        return view.status().equals("error_deleting");
    }
}
