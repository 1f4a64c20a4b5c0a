package io.vmrestore.survey;

import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.openstack.volume.Volume;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A project's VMs, volumes and snapshots as lists tell them.
 *
 * @param vms its VMs
 * @param volumes its volumes by id
 * @param snapshots its snapshots by the volume that they are of, the newest first
 * @param unreadable snapshots of which the cloud does not tell what is needed, see {@link RestorePoints#unreadable}
 */
public record ListedProject(
        List<ListedVm> vms,
        Map<String, Volume> volumes,
        Map<String, List<Snapshot>> snapshots,
        List<Snapshot> unreadable) {

    /** The newest first; of two of the same second the one with the smaller id, so that lists do not change places. */
    private static final Comparator<Snapshot> NEWEST_FIRST =
            Comparator.comparing(ListedProject::taken).reversed().thenComparing(Snapshot::id);

    static ListedProject of(List<ListedVm> vms, Map<String, Volume> volumes, List<Snapshot> snapshots) {
        Map<Boolean, List<Snapshot>> readable = snapshots.stream()
                .sorted(NEWEST_FIRST)
                .collect(Collectors.partitioningBy(snapshot -> RestorePoints.unreadable(snapshot) == null));
        return new ListedProject(
                List.copyOf(vms),
                volumes,
                readable.getOrDefault(true, List.of()).stream().collect(Collectors.groupingBy(Snapshot::volumeId)),
                readable.getOrDefault(false, List.of()));
    }

    private static Instant taken(Snapshot snapshot) {
        @Nullable Instant taken = snapshot.createdAt();
        return taken == null ? Instant.EPOCH : taken;
    }

    /** Snapshots of the volumes that the VM has booted from that cannot be read. */
    public List<Snapshot> unreadable(ListedVm vm) {
        return unreadable.stream()
                .filter(snapshot -> vm.bootVolumes().contains(snapshot.volumeId()))
                .toList();
    }

    /** The VM with this id, or empty if the project has none. */
    public Optional<ListedVm> vm(String id) {
        return vms.stream().filter(vm -> vm.id().equals(id)).findFirst();
    }

    /** Snapshots of the volumes that the VM has booted from, whatever their status, newest first. */
    public List<Snapshot> restorePoints(ListedVm vm) {
        return vm.bootVolumes().stream()
                .flatMap(volume -> snapshots.getOrDefault(volume, List.of()).stream())
                .sorted(NEWEST_FIRST)
                .toList();
    }
}
