package io.vmrestore.survey;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.identity.Identity;
import io.vmrestore.openstack.identity.Project;
import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.openstack.volume.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what can be restored in a whole project with one list call for servers, volumes and snapshots each, however
 * many VMs there are. It sees VMs as {@link Survey} does, which looks at one of them closely.
 */
public final class ProjectSurvey {
    private final ProjectCloud project;

    /** @param project its token needs the admin role there */
    public ProjectSurvey(ProjectCloud project) {
        this.project = project;
    }

    /**
     * The project with this id, which must exist and be enabled.
     *
     * @throws SurveyException if not
     * @throws CloudException if the cloud refuses or does not answer
     */
    public static Project usable(Identity identity, String projectId) {
        Project project = switch (Absence.project(identity, projectId)) {
            case Presence.Present<Project>(Project there) -> there;
            case Presence.Gone<Project> _ -> throw unknown(projectId);
            case Presence.Unknown<Project> unknown -> throw SurveyException.uncertain(unknown.reason());
        };
        if (!project.enabled()) {
            throw new SurveyException(Failure.of(
                    FailureKind.PROJECT_NOT_FOUND,
                    "Project " + ForeignText.quoted(project.name()) + " (" + projectId + ") is disabled"));
        }
        return project;
    }

    /** That there is no project with this id, or none that whoever asks may see. */
    public static SurveyException unknown(String projectId) {
        return new SurveyException(
                Failure.of(FailureKind.PROJECT_NOT_FOUND, "Project " + projectId + " does not exist"));
    }

    /**
     * Reads the lists, all pages of them.
     *
     * @throws SurveyException if the identity may not see enough, or the reads' time limit passes
     * @throws CloudException if the cloud refuses or does not answer
     * @throws InterruptedException if the calling thread was interrupted
     */
    public ListedProject take(Reads reads) throws InterruptedException {
        Reads.Read<List<Server>> servers =
                reads.start("compute", () -> project.compute().servers(ServerQuery.all()));
        Reads.Read<List<Volume>> volumes =
                reads.start("volume", () -> project.volumes().volumes());
        Reads.Read<List<Snapshot>> snapshots =
                reads.start("volume", () -> project.volumes().snapshots());
        // The lists are of the token's project; what a cloud adds of others must not be offered as this one's.
        Map<String, Volume> own = volumes.get().stream()
                .filter(volume -> ours(volume.projectId()))
                .collect(Collectors.toMap(Volume::id, Function.identity(), (first, again) -> first));
        Map<String, List<VolumeAttachment>> attached = attachments(own);
        Map<String, Boolean> bootable = own.values().stream().collect(Collectors.toMap(Volume::id, Volume::bootable));
        List<Server> present = servers.get().stream()
                .filter(server -> ours(server.projectId()) && !server.status().equals("DELETED"))
                .toList();
        if (!present.isEmpty() && present.stream().noneMatch(Server::adminView)) {
            throw Survey.noAdminRole(project.projectId(), present.getFirst().id());
        }
        Map<String, Reads.Read<List<VolumeAttachment>>> asked = new HashMap<>();
        for (Server server : present) {
            List<VolumeAttachment> disks = AttachedDisks.of(server, attached.getOrDefault(server.id(), List.of()));
            if (server.adminView() && !BootSource.decided(server, disks, bootable)) {
                asked.put(
                        server.id(),
                        reads.start("compute", () -> project.compute().attachments(server.id())));
            }
        }
        List<ListedVm> vms = new ArrayList<>();
        for (Server server : present) {
            BootSource boot =
                    boot(server, asked.get(server.id()), attached.getOrDefault(server.id(), List.of()), bootable);
            vms.add(vm(server, boot, own));
        }
        return ListedProject.of(
                vms,
                own,
                snapshots.get().stream()
                        .filter(snapshot -> ours(snapshot.projectId()))
                        .toList());
    }

    private boolean ours(@Nullable String projectId) {
        return projectId == null || projectId.equals(project.projectId());
    }

    /** Cinder tells the devices that Nova's list of servers leaves out. */
    private static Map<String, List<VolumeAttachment>> attachments(Map<String, Volume> volumes) {
        Map<String, List<VolumeAttachment>> byServer = new HashMap<>();
        volumes.values()
                .forEach(volume -> volume.attachments()
                        .forEach(attachment -> byServer.computeIfAbsent(
                                        attachment.serverId(), server -> new ArrayList<>())
                                .add(new VolumeAttachment(volume.id(), attachment.device(), null))));
        return byServer;
    }

    /** Nova knows the devices of those of which Cinder's do not decide. */
    private static BootSource boot(
            Server server,
            Reads.@Nullable Read<List<VolumeAttachment>> asked,
            List<VolumeAttachment> cinders,
            Map<String, Boolean> bootable)
            throws InterruptedException {
        if (!server.adminView()) {
            return new BootSource.Unclear(
                    "cannot be seen as an administrator does, so nobody can say what it boots from");
        }
        List<VolumeAttachment> told = new ArrayList<>();
        if (asked != null) {
            try {
                told.addAll(asked.get());
            } catch (CloudException refused) {
                return new BootSource.Unclear("does not tell what it boots from ("
                        + CloudFailures.of(refused).message() + ")");
            }
        }
        told.addAll(cinders);
        return BootSource.of(server, AttachedDisks.of(server, told), bootable);
    }

    private static ListedVm vm(Server server, BootSource boot, Map<String, Volume> volumes) {
        List<String> bootVolumes =
                boot instanceof BootSource.BootVolume(String volumeId) ? lineage(volumeId, server, volumes) : List.of();
        return new ListedVm(
                server.id(),
                server.name(),
                server.status(),
                boot,
                bootVolumes,
                server.flavor().name(),
                server.nics(),
                server.locked(),
                server.hostStatus());
    }

    private static List<String> lineage(String bootVolumeId, Server server, Map<String, Volume> volumes) {
        return Lineage.until(volume -> false, bootVolumeId, server.metadata(), id -> {
            Volume volume = volumes.get(id);
            return volume == null ? Map.of() : volume.metadata();
        });
    }
}
