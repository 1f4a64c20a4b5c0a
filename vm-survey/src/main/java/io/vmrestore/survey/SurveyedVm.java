package io.vmrestore.survey;

import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.network.Subnet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VM that boots from a volume, as it is.
 *
 * @param nics its interfaces in the guest's order, requesting no address yet; the network's name is null if it is gone
 * @param ports the ports of the interfaces, in the same order
 * @param lostInterfaces interfaces that Nova lists but whose port is gone, in words
 * @param subnets the subnets of the interfaces' networks, by id
 * @param userData its user_data, base64; null if it has none. It may hold passwords
 * @param locked whether it is locked against changes
 * @param hostStatus {@code UP}, {@code DOWN}, {@code MAINTENANCE} or {@code UNKNOWN}; empty if it is on no host; null
 *     if the cloud does not tell
 * @param nearestFlavors names of flavors of similar size if its own is gone; otherwise empty
 * @param untold what the cloud does not tell and is therefore not restored, in words for the operator
 * @param carried what a restore carries beyond the server's own record, with nothing left out yet
 * @param uncarried what no restore carries, one sentence each without its full stop
 * @param bootVolumeMetadata where the boot volume itself came from, see {@link Origin}
 */
public record SurveyedVm(
        SourceServer server,
        List<NicPlan> nics,
        List<Port> ports,
        List<String> lostInterfaces,
        Map<String, Subnet> subnets,
        @Nullable String userData,
        boolean locked,
        @Nullable String hostStatus,
        List<String> nearestFlavors,
        List<String> untold,
        Map<String, String> bootVolumeMetadata,
        Carried carried,
        List<String> uncarried) {

    /** Whether no flavor like the VM's exists any more. */
    public boolean flavorGone() {
        return server.flavor().id() == null;
    }

    /** What it boots from, by the verdict that lists share. */
    public BootMode bootMode() {
        return new BootSource.BootVolume(server.bootVolume().id()).mode();
    }

    /** Shows nothing of the user_data. */
    @Override
    public String toString() {
        return "SurveyedVm[server=" + server.id() + ", userData=" + (userData == null ? "none" : "present") + "]";
    }
}
