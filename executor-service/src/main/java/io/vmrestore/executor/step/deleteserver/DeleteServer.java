package io.vmrestore.executor.step.deleteserver;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.step.Step;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Replaceability;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Deletes the original server, waits until it is really gone, frees the ports that belonged to it and names the boot
 * volume that stays behind.
 *
 * <p>Safe to repeat: what is gone is left alone, and before anything is deleted it is read again and must still be what
 * the plan names. Cannot be reverted: from here on a restore only goes forward. Calls: Nova GET server and its
 * attachments, DELETE server, GET servers of the project (shared poller), POST forceDelete for a soft-deleted one;
 * Neutron GET and DELETE port; Cinder GET volume.
 */
@Component
final class DeleteServer implements Step<StepTask.DeleteServer> {
    private static final Set<String> VANISHING = Set.of("in-use", "detaching", "deleting");

    private final StatusPollers pollers;

    DeleteServer(StatusPollers pollers) {
        this.pollers = pollers;
    }

    @Override
    public Action action() {
        return Action.DELETE_SERVER;
    }

    @Override
    public Class<StepTask.DeleteServer> taskType() {
        return StepTask.DeleteServer.class;
    }

    @Override
    public void execute(StepTask.DeleteServer task, Attempt attempt) throws InterruptedException {
        SourceServer source = task.source();
        Optional<Server> found = Absence.in(attempt.cloud()).server(source.id());
        if (found.isPresent()) {
            if (!onItsWay(found.get())) {
                delete(source, found.get(), attempt);
            }
            ServerRemoval.awaitGone(source.id(), attempt, pollers);
        }
        new FormerPorts(source.id(), attempt).free(task.nics(), task.ipStrategy());
        nameKeptVolume(source, attempt);
    }

    private static boolean onItsWay(Server server) {
        return server.status().endsWith("DELETED") || "deleting".equals(server.taskState());
    }

    private static void delete(SourceServer source, Server server, Attempt attempt) {
        try {
            requireReplaceable(source, server, attempt);
        } catch (StepFailure | CloudException.NotFound refusal) {
            // While another executor deletes it, its volumes go first; that is no reason to leave it alone.
            if (Absence.in(attempt.cloud())
                    .server(source.id())
                    .filter(now -> !onItsWay(now))
                    .isPresent()) {
                throw refusal;
            }
            return;
        }
        attempt.cloud().compute().delete(source.id());
    }

    /** Between planning and now it may have been locked, have lost its host, or have been given other volumes. */
    private static void requireReplaceable(SourceServer source, Server server, Attempt attempt) {
        if (!server.projectId().equals(source.projectId())) {
            throw refused("Server " + server.id() + " belongs to project " + server.projectId() + ", not to "
                    + source.projectId() + ": it is left alone");
        }
        if (server.locked()) {
            throw refused(Replaceability.locked(server.id()));
        }
        if (!Replaceability.hostAnswers(server.hostStatus())) {
            throw refused(Replaceability.hostAway(server.id(), server.hostStatus()));
        }
        List<VolumeAttachment> attachments = attempt.cloud().compute().attachments(server.id());
        Set<String> planned =
                source.attachments().stream().map(AttachedVolume::volumeId).collect(Collectors.toSet());
        Set<String> present =
                attachments.stream().map(VolumeAttachment::volumeId).collect(Collectors.toSet());
        if (!present.equals(planned)) {
            throw StepFailure.lasting(
                    FailureKind.PLAN_OUTDATED,
                    "Server " + server.id() + " has volumes " + present + " and not " + planned
                            + " as planned: it is left alone. Make a new plan");
        }
        String boot = source.bootVolume().id();
        attachments.stream()
                .filter(volume -> !volume.volumeId().equals(boot))
                .filter(volume -> Boolean.TRUE.equals(volume.deleteOnTermination()))
                .findFirst()
                .ifPresent(volume -> {
                    throw refused(Replaceability.dataVolumeInDanger(server.id(), volume.volumeId()));
                });
    }

    private static StepFailure refused(String why) {
        return StepFailure.lasting(FailureKind.CLOUD_REFUSED, why);
    }

    /**
     * The old boot volume outlives the server unless Nova was told to delete it and Cinder agreed; it refuses, and Nova
     * only logs that, where the volume has snapshots.
     */
    private void nameKeptVolume(SourceServer source, Attempt attempt) throws InterruptedException {
        String id = source.bootVolume().id();
        Absence absence = Absence.in(attempt.cloud());
        pollers.volumes(attempt.cloud().projectId())
                .await(
                        id,
                        () -> absence.volume(id),
                        view -> view.isEmpty() || !VANISHING.contains(view.get().status()),
                        attempt.deadline())
                .ifPresent(volume -> attempt.made(ResourceType.VOLUME, volume.id(), volume.name()));
    }
}
