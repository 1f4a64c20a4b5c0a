package io.vmrestore.planner.inventory;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.identity.Project;
import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.api.ProjectList;
import io.vmrestore.support.api.Reference;
import io.vmrestore.support.api.RestorePointList;
import io.vmrestore.support.api.SnapshotList;
import io.vmrestore.support.api.VmList;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.CloudFailures;
import io.vmrestore.survey.ListedProject;
import io.vmrestore.survey.ListedVm;
import io.vmrestore.survey.Presence;
import io.vmrestore.survey.ProjectSurvey;
import io.vmrestore.survey.Reads;
import io.vmrestore.survey.SurveyException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what there is to restore. Projects are read with the admin credentials; what is in one is read with a token of
 * that project, as a restore would work in it. To each caller it tells of the projects that they see: another one is
 * told like one that does not exist.
 *
 * <p>Every method throws {@link SurveyException} if the cloud says that there is no such thing, that this system may
 * not read it, or nothing in time; and {@link InterruptedException} if the calling thread was interrupted.
 */
final class Inventory {
    private final OpenStack cloud;
    private final InventorySettings settings;
    private final TimeSource time;
    private final SharedReadings<ListedProject> readings;

    Inventory(OpenStack cloud, InventorySettings settings, TimeSource time) {
        this.cloud = cloud;
        this.settings = settings;
        this.time = time;
        this.readings = new SharedReadings<>(settings.freshness(), time);
    }

    /** @param requestId sent to the cloud's services, here and below */
    ProjectList projects(Reach reach, String requestId) throws InterruptedException {
        return new ProjectList(ask(requestId, Projects::all).stream()
                .filter(project -> reach.sees(project.id()))
                .toList());
    }

    VmList vms(String projectId, Reach reach, String requestId) throws InterruptedException {
        requireSeen(projectId, reach);
        Project project = ask(requestId, projects -> projects.usable(projectId));
        return new VmList(reference(project), Listing.vms(listed(projectId, requestId)));
    }

    SnapshotList snapshots(String tenantName, Reach reach, String requestId) throws InterruptedException {
        Project project = ask(requestId, projects -> projects.named(tenantName, reach));
        return new SnapshotList(reference(project), Listing.snapshots(listed(project.id(), requestId)));
    }

    RestorePointList restorePoints(String projectId, String vmId, Reach reach, String requestId)
            throws InterruptedException {
        requireSeen(projectId, reach);
        Project project = ask(requestId, projects -> projects.usable(projectId));
        ListedProject listed = listed(projectId, requestId);
        ListedVm vm = listed.vm(vmId).orElse(null);
        if (vm == null) {
            throw unlisted(projectId, vmId, requestId);
        }
        List<Snapshot> points = listed.restorePoints(vm);
        @Nullable String obstacle = Obstacles.of(vm, points);
        return new RestorePointList(
                reference(project),
                new Reference(vm.id(), vm.name()),
                obstacle == null,
                obstacle,
                Listing.restorePoints(vm, points),
                Listing.unreadable(listed.unreadable(vm)));
    }

    private static void requireSeen(String projectId, Reach reach) {
        if (!reach.sees(projectId)) {
            throw ProjectSurvey.unknown(projectId);
        }
    }

    private <T> T ask(String requestId, Function<Projects, T> question) throws InterruptedException {
        Projects projects = new Projects(cloud.identity().withRequestId(requestId), cloud.serviceUserConfigured());
        return inTime(
                requestId,
                reads -> reads.start("identity", () -> question.apply(projects)).get());
    }

    private ListedProject listed(String projectId, String requestId) throws InterruptedException {
        ProjectSurvey survey = new ProjectSurvey(cloud.project(projectId).withRequestId(requestId));
        return readings.get(projectId, () -> inTime(requestId, survey::take));
    }

    private interface Reading<T> {
        T by(Reads reads) throws InterruptedException;
    }

    private <T> T inTime(String requestId, Reading<T> reading) throws InterruptedException {
        try (Reads reads = new Reads(time, settings.timeout())) {
            return reading.by(reads);
        } catch (CloudException refused) {
            throw new SurveyException(CloudFailures.of(refused));
        } catch (SurveyException impossible) {
            throw impossible.within(requestId);
        }
    }

    /** What one list lacks may be there all the same: the VM itself is asked for. */
    private SurveyException unlisted(String projectId, String vmId, String requestId) throws InterruptedException {
        ProjectCloud project = cloud.project(projectId).withRequestId(requestId);
        Presence<Server> presence = inTime(
                requestId,
                reads -> reads.start(
                                "compute",
                                () -> Absence.in(project, reads::rest).server(vmId))
                        .get());
        String unknown = switch (presence) {
            case Presence.Present<Server>(Server there)
            when there.projectId().equals(projectId) && !there.status().equals("DELETED") ->
                "VM " + vmId + " is there (" + there.status() + "), but the list of servers does not show it";
            case Presence.Present<Server> _, Presence.Gone<Server> _ -> null;
            case Presence.Unknown<Server> contradicted -> contradicted.reason();
        };
        return unknown == null
                ? new SurveyException(
                        Failure.of(FailureKind.VM_NOT_FOUND, "VM " + vmId + " does not exist in project " + projectId))
                : SurveyException.uncertain(unknown);
    }

    private static Reference reference(Project project) {
        return new Reference(project.id(), project.name());
    }
}
