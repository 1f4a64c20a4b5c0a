package io.vmrestore.survey;

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
        vm.server().attachments().stream().filter(volume -> !volume.boot()).forEach(volume -> {
            if (volume.unclear()) {
                objections.add(dataVolumeUnclear(id, volume.volumeId()));
            } else if (volume.deleteOnTermination()) {
                objections.add(dataVolumeInDanger(id, volume.volumeId()));
            }
        });
        return List.copyOf(objections);
    }

    /** The objection against a VM of which the cloud does not tell what becomes of a data volume when it is deleted. */
    public static String dataVolumeUnclear(String id, String volumeId) {
        return "The cloud does not tell whether data volume " + volumeId + " would be deleted together with VM " + id
                + " (delete_on_termination); detach it first: openstack server remove volume " + id + " " + volumeId;
    }

    /** The objection against a VM whose data volume Nova would delete with it. */
    public static String dataVolumeInDanger(String id, String volumeId) {
        return "Data volume " + volumeId + " would be deleted together with VM " + id
                + "; detach it first, it is attached again afterwards: openstack server remove volume " + id + " "
                + volumeId;
    }

    /** The objection against a locked VM. */
    public static String locked(String id) {
        return "VM " + id + " is locked, so it cannot be deleted; unlock it first: openstack server unlock " + id;
    }

    /** Whether a deletion is carried out: the VM's host answers, or it is on none. False where nobody knows. */
    public static boolean hostAnswers(@Nullable String hostStatus) {
        return hostStatus != null && (hostStatus.isEmpty() || ANSWERING.contains(hostStatus));
    }

    /** The objection against a VM on such a host. */
    public static String hostAway(String id, @Nullable String hostStatus) {
        if (hostStatus == null) {
            return "The cloud does not tell whether the host of VM " + id + " answers: on one that does not, Nova would"
                    + " call the VM deleted while its guest may go on running and writing. Let the configured identity"
                    + " read host_status or os-services, or restore beside the VM (mode NEW)";
        }
        return "The host of VM " + id + " is " + hostStatus
                + ": Nova would call the VM deleted while its guest may go on"
                + " running and writing. Bring the host back or evacuate the VM first";
    }
}
