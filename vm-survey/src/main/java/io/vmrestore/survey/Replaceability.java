package io.vmrestore.survey;

import io.vmrestore.common.contract.AttachedVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a VM may be deleted to make room for its restored self. Asked when a plan is made, when it is validated, and
 * by whoever deletes.
 */
public final class Replaceability {
    /** A host that answers; on another one a deletion is only noted down, and the guest may go on running. */
    private static final Set<String> ANSWERING = Set.of("UP", "MAINTENANCE");

    private Replaceability() {}

    /** Why the VM must not be replaced as it is, each with the remedy; empty if it may. */
    public static List<String> objections(SurveyedVm vm) {
        List<String> objections = new ArrayList<>();
        String id = vm.server().id();
        if (vm.locked()) {
            objections.add(locked(id));
        }
        if (!hostAnswers(vm.hostStatus())) {
            objections.add(hostAway(id, vm.hostStatus()));
        }
        vm.server().attachments().stream()
                .filter(volume -> !volume.boot() && volume.deleteOnTermination())
                .map(AttachedVolume::volumeId)
                .map(volume -> dataVolumeInDanger(id, volume))
                .forEach(objections::add);
        return List.copyOf(objections);
    }

    /** The objection against a VM whose data volume Nova would delete with it. */
    public static String dataVolumeInDanger(String id, String volumeId) {
        return "Data volume " + volumeId + " would be deleted together with VM " + id
                + "; keep it first: openstack server volume set --preserve-on-termination " + id + " " + volumeId;
    }

    /** The objection against a locked VM. */
    public static String locked(String id) {
        return "VM " + id + " is locked, so it cannot be deleted; unlock it first: openstack server unlock " + id;
    }

    /** Whether the VM's host can carry a deletion out; true where the cloud does not tell. */
    public static boolean hostAnswers(@Nullable String hostStatus) {
        return hostStatus == null || ANSWERING.contains(hostStatus);
    }

    /** The objection against a VM on such a host. */
    public static String hostAway(String id, @Nullable String hostStatus) {
        return "The host of VM " + id + " is " + hostStatus
                + ": Nova would call the VM deleted while its guest may go on"
                + " running and writing. Bring the host back or evacuate the VM first";
    }
}
