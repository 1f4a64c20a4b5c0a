package io.vmrestore.executor.step.deleteserver;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.step.Step;
import io.vmrestore.executor.step.checkquota.LiveQuota;
import io.vmrestore.executor.step.validate.PlanTruth;
import io.vmrestore.executor.userdata.UserData;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.AttachedDisks;
import io.vmrestore.survey.Presence;
import io.vmrestore.survey.Replaceability;
import io.vmrestore.survey.SurveyedVm;
import io.vmrestore.survey.Untold;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Deletes the original server, waits until it is really gone, frees the ports that belonged to it and names the boot
 * volume that stays behind.
 *
 * <p>Safe to repeat: what is gone is left alone, and before anything is deleted it is read again and must still be what
 * the plan names; then also every call that follows must be one that the cloud will accept. Cannot be reverted: from
 * here on a restore only goes forward. Calls: Nova GET server and its attachments, DELETE server, GET servers of the
 * project (shared poller), POST forceDelete for a soft-deleted one; Neutron GET and DELETE port; Cinder GET volume.
 */
@Component
final class DeleteServer implements Step<StepTask.DeleteServer> {
    private static final Set<String> FREED_AND_NEEDED_AGAIN = Set.of("instances", "cores", "ram", "ports");
    private static final Set<String> VANISHING = Set.of("in-use", "detaching", "deleting");

    private final StatusPollers pollers;
    private final OpenStack openStack;
    private final UserData userData;

    DeleteServer(StatusPollers pollers, OpenStack openStack, UserData userData) {
        this.pollers = pollers;
        this.openStack = openStack;
        this.userData = userData;
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
        ServerRemoval removal = new ServerRemoval(source.id(), attempt, pollers);
        Presence.Gone<Server> proof = switch (Certainty.await(attempt, removal::look)) {
            case Presence.Gone<Server> gone -> gone;
            case Presence.Present<Server>(Server server) -> {
                if (!onItsWay(server)) {
                    delete(task, server, removal, attempt);
                }
                yield removal.awaitGone();
            }
        };
        new FormerPorts(source.id(), proof, attempt).free(task.nics(), task.ipStrategy());
        nameKeptVolume(source, attempt);
    }

    private static boolean onItsWay(Server server) {
        return server.status().endsWith("DELETED") || "deleting".equals(server.taskState());
    }

    private void delete(StepTask.DeleteServer task, Server server, ServerRemoval removal, Attempt attempt)
            throws InterruptedException {
        SourceServer source = task.source();
        try {
            requireReplaceable(source, server, attempt);
            if (task.plan() != null && !deletionBegan(source, server, attempt)) {
                requireTrue(task.plan(), attempt);
            }
        } catch (StepFailure refusal) {
            // While another executor deletes it, its volumes go first; that is no reason to leave it alone.
            if (Certainty.await(attempt, removal::look) instanceof Presence.Present<Server>(Server now)
                    && !onItsWay(now)) {
                throw refusal;
            }
            return;
        }
        Certainty.required(attempt.absence().deleteServer(source.id()));
    }

    /** An attempt before this one may have asked for the deletion, and Nova have given up half way. */
    private static boolean deletionBegan(SourceServer source, Server server, Attempt attempt) {
        return attempt.address().attempt() > 1
                && server.failed()
                && !source.status().equals(server.status());
    }

    /**
     * After this nothing can be taken back: the plan must be what the operator saw and confirmed, every call that
     * follows must be one that the cloud accepts, and the quotas must leave room for the same VM again.
     */
    private void requireTrue(Plan plan, Attempt attempt) throws InterruptedException {
        SurveyedVm now = new PlanTruth(plan, attempt, openStack).requireOfVm();
        // What cannot be opened now could not be given to the new server either.
        if (!Objects.equals(userData.open(attempt.address().jobId(), plan.userData()), now.userData())) {
            throw StepFailure.lasting(
                    FailureKind.PLAN_OUTDATED,
                    "The plan no longer fits the cloud: changed since planning: its user_data. Make a new plan");
        }
        LiveQuota.requireRoom(
                plan.quota().stream()
                        .filter(line -> FREED_AND_NEEDED_AGAIN.contains(line.resource()))
                        .toList(),
                attempt);
    }

    /** Between planning and now it may have been locked, have lost its host, or have been given other volumes. */
    private static void requireReplaceable(SourceServer source, Server server, Attempt attempt)
            throws InterruptedException {
        if (!server.projectId().equals(source.projectId())) {
            throw refused("Server " + server.id() + " belongs to project " + server.projectId() + ", not to "
                    + source.projectId() + ": it is left alone");
        }
        if (server.locked()) {
            throw refused(Replaceability.locked(server.id()));
        }
        Compute nova = attempt.cloud().compute();
        @Nullable String hostStatus = Untold.hostStatus(nova, server);
        if (!Replaceability.hostAnswers(hostStatus)) {
            throw refused(Replaceability.hostAway(server.id(), hostStatus));
        }
        List<VolumeAttachment> told = switch (attempt.absence().attachments(server.id())) {
            case Presence.Present<List<VolumeAttachment>>(List<VolumeAttachment> attached) -> attached;
            case Presence.Gone<List<VolumeAttachment>> gone -> throw Certainty.failure(gone.evidence());
            case Presence.Unknown<List<VolumeAttachment>> unknown -> throw Certainty.failure(unknown.reason());
        };
        List<VolumeAttachment> attachments = AttachedDisks.of(server, told);
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
                .forEach(volume -> requireKept(server.id(), volume));
    }

    private static void requireKept(String serverId, VolumeAttachment dataVolume) {
        if (dataVolume.deleteOnTermination() == null) {
            throw refused(Replaceability.dataVolumeUnclear(serverId, dataVolume.volumeId()));
        }
        if (dataVolume.deleteOnTermination()) {
            throw refused(Replaceability.dataVolumeInDanger(serverId, dataVolume.volumeId()));
        }
    }

    private static StepFailure refused(String why) {
        return StepFailure.lasting(FailureKind.CLOUD_REFUSED, why);
    }

    /**
     * The old boot volume outlives the server unless Nova was told to delete it and Cinder agreed; it refuses, and Nova
     * only logs that, where the volume has snapshots. The VM is away meanwhile, so nothing waits for it here: what is
     * not certain to stay yet is named by the audit.
     */
    private static void nameKeptVolume(SourceServer source, Attempt attempt) {
        String id = source.bootVolume().id();
        boolean mayGo = source.attachments().stream()
                .anyMatch(volume -> volume.volumeId().equals(id) && volume.deleteOnTermination());
        try {
            Volume volume = attempt.cloud().volumes().volume(id);
            if (!VANISHING.contains(volume.status())
                    || (!mayGo && !volume.status().equals("deleting"))) {
                attempt.made(ResourceType.VOLUME, volume.id(), volume.name());
            } else {
                attempt.note("old_boot_volume", volume.id() + " is still " + volume.status());
            }
        } catch (CloudException unseen) {
            attempt.note("old_boot_volume", id + " was not seen: " + unseen.cloudMessage());
        }
    }
}
