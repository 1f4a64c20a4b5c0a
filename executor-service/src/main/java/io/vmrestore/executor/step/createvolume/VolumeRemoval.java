package io.vmrestore.executor.step.createvolume;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.poll.StatusPoller;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.Absence;
import java.util.Optional;
import java.util.Set;

/** Deletes a volume that Cinder may still be busy with, and waits until it is gone. */
final class VolumeRemoval {
    /** Cinder refuses (400) to delete a volume in these states; each of them ends. */
    private static final Set<String> BUSY =
            Set.of("creating", "downloading", "reserved", "attaching", "in-use", "detaching");

    private VolumeRemoval() {}

    static void remove(String id, Attempt attempt, StatusPollers pollers) throws InterruptedException {
        Absence absence = Absence.in(attempt.cloud());
        StatusPoller<Volume> poller = pollers.volumes(attempt.cloud().projectId());
        Optional<Volume> free =
                poller.await(id, () -> absence.volume(id), view -> !busy(view, attempt), attempt.deadline());
        if (busy(free, attempt)) {
            throw StepFailure.passing(
                    FailureKind.DEADLINE_EXCEEDED,
                    "Volume " + id + " could not be deleted: it was still "
                            + free.map(Volume::status).orElse("") + " at the step's deadline " + attempt.deadline());
        }
        if (free.isEmpty() || (!deleting(free.get()) && !absence.deleteVolume(id))) {
            return;
        }
        Optional<Volume> last =
                poller.await(id, () -> absence.volume(id), view -> ended(view, attempt), attempt.deadline());
        if (last.isPresent()) {
            throw StepFailure.passing(
                    last.get().failed() ? FailureKind.RESOURCE_FAILED : FailureKind.DEADLINE_EXCEEDED,
                    "Volume " + id + " could not be deleted: it is "
                            + last.get().status() + ". "
                            + attempt.cloud().volumes().failureReason(id).orElse("Cinder gives no reason"));
        }
    }

    private static boolean busy(Optional<Volume> view, Attempt attempt) {
        attempt.note("volume_status", view.map(Volume::status).orElse("gone"));
        return view.isPresent() && BUSY.contains(view.get().status());
    }

    private static boolean deleting(Volume volume) {
        return volume.status().equals("deleting");
    }

    private static boolean ended(Optional<Volume> view, Attempt attempt) {
        attempt.note("volume_status", view.map(Volume::status).orElse("gone"));
        return view.isEmpty() || view.get().status().equals("error_deleting");
    }
}
