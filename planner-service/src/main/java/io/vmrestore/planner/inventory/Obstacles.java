package io.vmrestore.planner.inventory;

import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.survey.BootSource;
import io.vmrestore.survey.ListedVm;
import io.vmrestore.survey.Replaceability;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands against restoring, in words for the operator who has to do something about it. */
final class Obstacles {
    private Obstacles() {}

    /**
     * Why a VM cannot be restored; null if it can.
     *
     * @param points its restore points, newest first
     */
    static @Nullable String of(ListedVm vm, List<Snapshot> points) {
        @Nullable String noBootVolume = noBootVolume(vm.boot());
        if (noBootVolume != null) {
            return noBootVolume;
        }
        if (points.isEmpty()) {
            return "There is no snapshot of its boot volume " + vm.bootVolumes().getFirst()
                    + ", nor of one that it was restored from";
        }
        if (points.stream().noneMatch(Snapshot::available)) {
            return "None of its restore points is available; the newest, "
                    + points.getFirst().id() + ", is " + points.getFirst().status();
        }
        return null;
    }

    private static @Nullable String noBootVolume(BootSource boot) {
        return switch (boot) {
            case BootSource.BootVolume _ -> null;
            case BootSource.Image _ -> "It " + BootSource.OF_IMAGE;
            case BootSource.Unclear unclear -> "It " + unclear.reason();
        };
    }

    /** What stands against mode REPLACE alone, as far as lists tell; a plan looks more closely. */
    static List<String> ofReplacing(ListedVm vm) {
        List<String> notes = new ArrayList<>();
        if (vm.locked()) {
            notes.add(Replaceability.locked(vm.id()));
        }
        if (vm.hostStatus() != null && !Replaceability.hostAnswers(vm.hostStatus())) {
            notes.add(Replaceability.hostAway(vm.id(), vm.hostStatus()));
        }
        return notes;
    }
}
