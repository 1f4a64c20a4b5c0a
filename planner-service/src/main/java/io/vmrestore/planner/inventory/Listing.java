package io.vmrestore.planner.inventory;

import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.support.api.Reference;
import io.vmrestore.support.api.RestorePointSummary;
import io.vmrestore.support.api.SnapshotSummary;
import io.vmrestore.support.api.UnreadableSummary;
import io.vmrestore.support.api.VmAddresses;
import io.vmrestore.support.api.VmSummary;
import io.vmrestore.survey.ListedProject;
import io.vmrestore.survey.ListedVm;
import io.vmrestore.survey.RestorePoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was read of a project, in the words of the answers. */
final class Listing {
    private static final Comparator<ListedVm> BY_NAME =
            Comparator.comparing(ListedVm::name).thenComparing(ListedVm::id);

    private Listing() {}

    static List<VmSummary> vms(ListedProject project) {
        return project.vms().stream()
                .sorted(BY_NAME)
                .map(vm -> vm(vm, project.restorePoints(vm)))
                .toList();
    }

    static List<RestorePointSummary> restorePoints(ListedVm vm, List<Snapshot> points) {
        return points.stream().map(point -> restorePoint(vm, point)).toList();
    }

    /** Only snapshots that some VM can be restored to. */
    static List<SnapshotSummary> snapshots(ListedProject project) {
        List<SnapshotSummary> snapshots = new ArrayList<>();
        vmsByVolume(project).forEach((volumeId, vms) -> {
            @Nullable Volume volume = project.volumes().get(volumeId);
            Reference reference = new Reference(volumeId, volume == null ? "" : volume.name());
            project.snapshots()
                    .getOrDefault(volumeId, List.of())
                    .forEach(snapshot -> snapshots.add(snapshot(snapshot, reference, vms)));
        });
        snapshots.sort(
                Comparator.comparing(SnapshotSummary::createdAt).reversed().thenComparing(SnapshotSummary::id));
        return snapshots;
    }

    /** The VMs that boot from each volume, and after them those that were restored from it. */
    private static Map<String, List<ListedVm>> vmsByVolume(ListedProject project) {
        Map<String, List<ListedVm>> users = new HashMap<>();
        project.vms().stream()
                .sorted(BY_NAME)
                .forEach(vm -> vm.bootVolumes()
                        .forEach(volume -> users.computeIfAbsent(volume, _ -> new ArrayList<>())
                                .add(vm)));
        users.forEach((volume, vms) -> vms.sort(Comparator.comparing(vm -> !bootsFrom(vm, volume))));
        return users;
    }

    private static boolean bootsFrom(ListedVm vm, String volumeId) {
        return volumeId.equals(bootVolume(vm));
    }

    private static @Nullable String bootVolume(ListedVm vm) {
        return vm.bootVolumes().isEmpty() ? null : vm.bootVolumes().getFirst();
    }

    private static VmSummary vm(ListedVm vm, List<Snapshot> points) {
        List<Snapshot> usable = points.stream().filter(Snapshot::available).toList();
        @Nullable String obstacle = Obstacles.of(vm, points);
        return new VmSummary(
                vm.id(),
                vm.name(),
                vm.status(),
                vm.boot().mode(),
                bootVolume(vm),
                vm.flavor(),
                vm.nics().stream()
                        .map(nic ->
                                new VmAddresses(nic.networkName(), nic.macAddress(), nic.fixedIps(), nic.floatingIps()))
                        .toList(),
                obstacle == null,
                obstacle,
                Obstacles.ofReplacing(vm),
                points.size(),
                newest(points),
                usable.size(),
                newest(usable));
    }

    private static @Nullable Instant newest(List<Snapshot> points) {
        return points.isEmpty() ? null : points.getFirst().createdAt();
    }

    private static RestorePointSummary restorePoint(ListedVm vm, Snapshot point) {
        @Nullable String obstacle = RestorePoints.obstacle(point);
        return new RestorePointSummary(
                point.id(),
                point.name(),
                point.status(),
                size(point),
                taken(point),
                point.volumeId(),
                bootsFrom(vm, point.volumeId()),
                obstacle == null,
                obstacle);
    }

    private static SnapshotSummary snapshot(Snapshot snapshot, Reference volume, List<ListedVm> vms) {
        @Nullable String obstacle = RestorePoints.obstacle(snapshot);
        List<Reference> references =
                vms.stream().map(vm -> new Reference(vm.id(), vm.name())).toList();
        return new SnapshotSummary(
                snapshot.id(),
                snapshot.name(),
                snapshot.status(),
                size(snapshot),
                taken(snapshot),
                volume,
                references.getFirst(),
                references.subList(1, references.size()),
                obstacle == null,
                obstacle);
    }

    static List<UnreadableSummary> unreadable(List<Snapshot> snapshots) {
        return snapshots.stream()
                .map(snapshot -> new UnreadableSummary(
                        snapshot.id(), snapshot.name(), String.valueOf(RestorePoints.unreadable(snapshot))))
                .toList();
    }

    /** Of one that can be read, which all are that are listed; as below. */
    private static int size(Snapshot snapshot) {
        return Objects.requireNonNull(snapshot.size());
    }

    private static Instant taken(Snapshot snapshot) {
        return Objects.requireNonNull(snapshot.createdAt());
    }
}
