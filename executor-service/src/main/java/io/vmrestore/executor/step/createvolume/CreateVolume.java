package io.vmrestore.executor.step.createvolume;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Creation;
import io.vmrestore.executor.idempotency.ExactlyOne;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.poll.StatusPoller;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.step.Step;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.openstack.volume.VolumeSpec;
import io.vmrestore.openstack.volume.Volumes;
import io.vmrestore.survey.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** Cinder may say available before bootable; longer than this it will not come by itself. */
    private static final Duration BOOTABLE_GRACE = Duration.ofSeconds(10);

    private static final Set<String> BEING_MADE = Set.of("creating", "downloading");

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
        Volume volume = ExactlyOne.of(new VolumeCreation(task, attempt, pollers), attempt::requireMayMake);
        attempt.made(ResourceType.VOLUME, volume.id(), volume.name());
        Volume ready = ready(volume, attempt);
        carryImageMetadata(task.source().imageMetadata(), ready, attempt);
    }

    @Override
    public void nameMade(StepTask.CreateVolume task, Attempt attempt) {
        new VolumeCreation(task, attempt, pollers)
                .find()
                .forEach(volume -> attempt.made(ResourceType.VOLUME, volume.id(), volume.name()));
    }

    private Volume ready(Volume made, Attempt attempt) throws InterruptedException {
        // A quick cloud had it ready when it was looked for after the create call.
        if (made.available() && made.bootable()) {
            return made;
        }
        String id = made.id();
        Volumes volumes = attempt.cloud().volumes();
        StatusPoller<Volume> poller = pollers.volumes(attempt.cloud().projectId());
        Optional<Volume> last = attempt.stop()
                .during(() -> poller.await(
                        id, () -> volumes.findVolume(id), view -> made(view, attempt), attempt.deadline()));
        if (last.filter(CreateVolume::beyondCreation)
                .filter(volume -> !volume.bootable())
                .isPresent()) {
            Instant patience = earlier(Instant.now().plus(BOOTABLE_GRACE), attempt.deadline());
            last = attempt.stop()
                    .during(() -> poller.await(id, () -> volumes.findVolume(id), CreateVolume::bootable, patience));
            if (!bootable(last)) {
                volumes.setBootable(id, true);
                attempt.note("set_bootable", true);
                last = attempt.stop()
                        .during(() -> poller.await(
                                id, () -> volumes.findVolume(id), CreateVolume::bootable, attempt.deadline()));
            }
        }
        Volume volume = last.orElseThrow(() -> deleted(id));
        if (volume.failed()) {
            throw StepFailure.lasting(
                    FailureKind.RESOURCE_FAILED,
                    "Volume " + id + " went to " + volume.status() + ": " + reason(volumes, id));
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

    private static boolean made(Optional<Volume> view, Attempt attempt) {
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

    private static String reason(Volumes volumes, String id) {
        try {
            return volumes.failureReason(id).orElse("Cinder gives no reason");
        } catch (CloudException unknown) {
            return "Cinder's reason could not be read";
        }
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

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private record VolumeCreation(StepTask.CreateVolume task, Attempt attempt, StatusPollers pollers)
            implements Creation<Volume> {
        @Override
        public List<Volume> find() {
            Mark mark = Mark.of(attempt.address());
            return attempt.cloud().volumes().volumesMarked(Mark.KEY, mark.text()).stream()
                    .filter(volume -> mark.on(volume.metadata()))
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
                    Map.of(
                            Mark.KEY, attempt.address().mark(),
                            Origin.SNAPSHOT, task.restorePoint().id(),
                            Origin.VOLUME, task.restorePoint().volumeId(),
                            Origin.SERVER, task.sourceServerId()));
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
            return volume.createdAt();
        }
    }
}
