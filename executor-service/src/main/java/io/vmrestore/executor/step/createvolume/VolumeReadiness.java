package io.vmrestore.executor.step.createvolume;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.poll.StatusPoller;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Presence;
import java.time.Duration;
import java.time.Instant;
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
        Presence<Volume> last = awaitMade(made.id());
        if (last instanceof Presence.Present<Volume>(Volume volume) && beyondCreation(volume) && !volume.bootable()) {
            last = awaitBootable(made.id());
        }
        return required(last, made.id());
    }

    private Presence<Volume> awaitMade(String id) throws InterruptedException {
        return await(id, this::made, attempt.deadline());
    }

    private Presence<Volume> awaitBootable(String id) throws InterruptedException {
        Instant patience = earlier(attempt.time().instant().plus(BOOTABLE_GRACE), attempt.deadline());
        Presence<Volume> last = await(id, VolumeReadiness::bootable, patience);
        if (!(last instanceof Presence.Present<Volume>(Volume volume)) || bootable(volume)) {
            return last;
        }
        attempt.cloud().volumes().setBootable(id, true);
        attempt.note("set_bootable", true);
        return await(id, VolumeReadiness::bootable, attempt.deadline());
    }

    private Presence<Volume> await(String id, Predicate<Volume> settled, Instant until) throws InterruptedException {
        Absence absence = attempt.absence();
        StatusPoller<Volume> poller = pollers.volumes(attempt.cloud().projectId());
        return attempt.stop().during(() -> poller.await(id, () -> absence.volume(id), settled, until));
    }

    private Volume required(Presence<Volume> last, String id) {
        if (!(Certainty.required(last) instanceof Presence.Present<Volume>(Volume volume))) {
            throw deleted(id);
        }
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

    private boolean made(Volume view) {
        attempt.note("volume_status", view.status());
        return beyondCreation(view);
    }

    /** Available, or already with the server when a command is delivered again. */
    private static boolean beyondCreation(Volume volume) {
        return !BEING_MADE.contains(volume.status());
    }

    private static StepFailure deleted(String id) {
        return StepFailure.lasting(
                FailureKind.RESOURCE_FAILED, "Volume " + id + " was deleted by someone else while it was made");
    }

    private static boolean bootable(Volume view) {
        return view.bootable() || view.failed();
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
