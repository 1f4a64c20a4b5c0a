package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.openstack.network.Subnet;
import io.vmrestore.survey.SurveyedVm;
import io.vmrestore.survey.create.HostName;
import java.util.List;

/** What the interfaces of a restored VM ask for. */
final class NicRequests {
    private final SurveyedVm vm;
    private final RestoreMode mode;
    private final IpStrategy strategy;
    private final String newName;

    NicRequests(SurveyedVm vm, RestoreMode mode, IpStrategy strategy, String newName) {
        this.newName = newName;
        this.vm = vm;
        this.mode = mode;
        this.strategy = strategy;
    }

    List<NicPlan> nics() {
        return vm.nics().stream().map(this::request).toList();
    }

    /**
     * The original's addresses that are lost because they follow from its MAC: nobody can ask for them, and a new MAC
     * has others. In the original's place the MAC stays.
     */
    List<FixedIp> lostWithMac(NicPlan nic) {
        if (mode == RestoreMode.REPLACE) {
            return List.of();
        }
        return nic.originalIps().stream()
                .filter(ip -> !choosable(ip) && known(ip))
                .toList();
    }

    /** The interface as warnings name it. */
    IpStrategy.NicWords words(NicPlan nic) {
        return new IpStrategy.NicWords(
                Words.nic(nic),
                Words.addresses(nic.originalIps()),
                Words.addresses(nic.requestedIps()),
                Words.addresses(lostWithMac(nic)),
                nic.sourcePortId());
    }

    private NicPlan request(NicPlan nic) {
        return new NicPlan(
                nic.index(),
                nic.networkId(),
                nic.networkName(),
                nic.sourcePortId(),
                nic.sourcePortName(),
                nic.macAddress(),
                nic.originalIps(),
                strategy.asksFor(
                        nic.originalIps().stream().filter(this::choosable).toList()),
                nic.securityGroups(),
                nic.portSecurityEnabled(),
                nic.allowedAddressPairs(),
                keepsDnsName(nic) ? nic.dnsName() : null,
                nic.qosPolicyId(),
                nic.tags(),
                nic.floatingIps(),
                nic.floatingTargets());
    }

    /**
     * Beside the original the name stays its own; Nova builds no server on a port whose DNS name is not its host name.
     */
    boolean keepsDnsName(NicPlan nic) {
        return mode == RestoreMode.REPLACE && nic.dnsName() != null && HostName.certainly(nic.dnsName(), newName);
    }

    private boolean known(FixedIp ip) {
        return vm.subnets().containsKey(ip.subnetId());
    }

    private boolean choosable(FixedIp ip) {
        Subnet subnet = vm.subnets().get(ip.subnetId());
        return subnet != null && !subnet.addressesFollowMac();
    }
}
