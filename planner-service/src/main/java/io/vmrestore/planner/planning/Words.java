package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.NicPlan;
import java.util.List;
import java.util.stream.Collectors;

/** How reasons and warnings name things. */
final class Words {
    private Words() {}

    static String nic(NicPlan nic) {
        return "interface " + nic.index() + " (" + nic.macAddress() + ")";
    }

    static String addresses(List<FixedIp> ips) {
        return ips.stream().map(FixedIp::ipAddress).collect(Collectors.joining(", "));
    }
}
