package io.vmrestore.executor.step.createvolume;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.poll.StatusPoller;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.Absence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Waits until a new volume is available and bootable, and makes it bootable where Cinder has forgotten to. */
final class VolumeReadiness {
    /** Cinder may say available before bootable; longer than this it will not come by itself. */
    private static final Duration BOOTABLE_GRACE = Duration.ofSeconds(10);

    private static final Set<String> BEING_MADE = Set.of("creating", "downloading");

    private final Attempt attempt;
    private final StatusPollers pollers;

    VolumeReadiness(Attempt attempt, StatusPollers pollers) {
        this.attempt = attempt;
        this.pollers = pollers;
    }

    /**
     * The volume as it is then.
     *
     * @throws StepFailure if it failed, was deleted, or is not ready at the attempt's deadline
     */
    Volume await(Volume made) throws InterruptedException {
        // A quick cloud had it ready when it was looked for after the create call.
        if (made.available() && made.bootable()) {
            return made;
        }
        Optional<Volume> last = awaitMade(made.id());
        if (last.filter(VolumeReadiness::beyondCreation)
                .filter(volume -> !volume.bootable())
                .isPresent()) {
            last = awaitBootable(made.id());
        }
        return required(last, made.id());
    }

    private Optional<Volume> awaitMade(String id) throws InterruptedException {
        return await(id, this::made, attempt.deadline());
    }

    private Optional<Volume> awaitBootable(String id) throws InterruptedException {
        Instant patience = earlier(attempt.time().instant().plus(BOOTABLE_GRACE), attempt.deadline());
        Optional<Volume> last = await(id, VolumeReadiness::bootable, patience);
        if (bootable(last)) {
            return last;
        }
        attempt.cloud().volumes().setBootable(id, true);
        attempt.note("set_bootable", true);
        return await(id, VolumeReadiness::bootable, attempt.deadline());
    }

    private Optional<Volume> await(String id, Predicate<Optional<Volume>> settled, Instant until)
            throws InterruptedException {
        Absence absence = Absence.in(attempt.cloud());
        StatusPoller<Volume> poller = pollers.volumes(attempt.cloud().projectId());
        return attempt.stop().during(() -> poller.await(id, () -> absence.volume(id), settled, until));
    }

    private Volume required(Optional<Volume> last, String id) {
        Volume volume = last.orElseThrow(() -> deleted(id));
        if (volume.failed()) {
            throw StepFailure.lasting(
                    FailureKind.RESOURCE_FAILED, "Volume " + id + " went to " + volume.status() + ": " + reason(id));
        }
        if (volume.status().equals("deleting")) {
            throw deleted(id);
        }
        if (!beyondCreation(volume) || !volume.bootable()) {
            throw StepFailure.lasting(
                    FailureKind.DEADLINE_EXCEEDED,
                    "Volume " + id + " was still " + volume.status() + (volume.bootable() ? "" : " and not bootable")
                            + " at the step's deadline " + attempt.deadline());
        }
        return volume;
    }

    private boolean made(Optional<Volume> view) {
        attempt.note("volume_status", view.map(Volume::status).orElse("gone"));
        return view.isEmpty() || beyondCreation(view.get());
    }

    /** Available, or already with the server when a command is delivered again. */
    private static boolean beyondCreation(Volume volume) {
        return !BEING_MADE.contains(volume.status());
    }

    private static StepFailure deleted(String id) {
        return StepFailure.lasting(
                FailureKind.RESOURCE_FAILED, "Volume " + id + " was deleted by someone else while it was made");
    }

    private static boolean bootable(Optional<Volume> view) {
        return view.isEmpty() || view.get().bootable() || view.get().failed();
    }

    private String reason(String id) {
        try {
            return attempt.cloud().volumes().failureReason(id).orElse("Cinder gives no reason");
        } catch (CloudException unknown) {
            return "Cinder's reason could not be read";
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
