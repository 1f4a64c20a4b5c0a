package io.vmrestore.survey;

import io.vmrestore.openstack.compute.Nic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VM as lists tell it: enough to say whether it can be restored, and none of its user_data.
 *
 * @param boot what it boots from
 * @param bootVolumes ids of the volumes it has booted from, the present one first and before it those that it was
 *     restored from; empty if none is at its root device
 * @param flavor name of its flavor; empty if the cloud is too old to tell
 * @param locked whether it is locked against changes
 * @param hostStatus {@code UP}, {@code DOWN}, {@code MAINTENANCE}, {@code UNKNOWN}; empty if it is on no host; null if
 *     not told
 */
public record ListedVm(
        String id,
        String name,
        String status,
        BootSource boot,
        List<String> bootVolumes,
        String flavor,
        List<Nic> nics,
        boolean locked,
        @Nullable String hostStatus) {

    /** Keeps its own copies. */
    public ListedVm {
        bootVolumes = List.copyOf(bootVolumes);
        nics = List.copyOf(nics);
    }
}
