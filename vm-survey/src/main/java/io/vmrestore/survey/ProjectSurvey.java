package io.vmrestore.survey;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
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
        Project project;
        try {
            project = identity.project(projectId);
        } catch (CloudException.NotFound unknown) {
            throw new SurveyException(
                    Failure.of(FailureKind.PROJECT_NOT_FOUND, "Project " + projectId + " does not exist"));
        }
        if (!project.enabled()) {
            throw new SurveyException(Failure.of(
                    FailureKind.PROJECT_NOT_FOUND, "Project " + project.name() + " (" + projectId + ") is disabled"));
        }
        return project;
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
        List<ListedVm> vms = new ArrayList<>();
        for (Server server : servers.get()) {
            if (ours(server.projectId()) && !server.status().equals("DELETED")) {
                vms.add(vm(server, attached.getOrDefault(server.id(), List.of()), own));
            }
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

    private ListedVm vm(Server server, List<VolumeAttachment> attachments, Map<String, Volume> volumes) {
        if (!server.imageBooted() && !server.adminView()) {
            throw Survey.noAdminRole(project.projectId(), server.id());
        }
        List<String> bootVolumes = server.bootVolume(attachments)
                .map(boot -> lineage(boot.volumeId(), server, volumes))
                .orElse(List.of());
        return new ListedVm(
                server.id(),
                server.name(),
                server.status(),
                server.imageBooted(),
                server.rootDeviceName(),
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
