package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.survey.Replaceability;
import io.vmrestore.survey.SurveyedVm;
import io.vmrestore.survey.create.CreateProof;
import java.util.ArrayList;
import java.util.List;

/** Why a plan cannot be executed as things are; empty if it can. */
final class Eligibility {
    private Eligibility() {}

    static List<String> reasons(
            SurveyedVm vm,
            RestoreMode mode,
            List<NicPlan> nics,
            NicRequests requests,
            IpStrategy strategy,
            List<QuotaLine> quota,
            CreateProof proof) {
        List<String> reasons = new ArrayList<>();
        if (mode == RestoreMode.REPLACE) {
            reasons.addAll(Replaceability.objections(vm));
        }
        if (vm.flavorGone()) {
            reasons.add(flavorGone(vm));
        }
        for (NicPlan nic : nics) {
            if (nic.networkName() == null) {
                reasons.add("Network " + nic.networkId() + " of " + Words.nic(nic)
                        + " no longer exists, so no port can be made there");
            } else if (strategy.asksForAddresses()) {
                addressReasons(vm, nic, requests, strategy, reasons);
            }
        }
        vm.lostInterfaces()
                .forEach(lost -> reasons.add("The VM's interface " + lost
                        + " has no port any more, so it is not known what to restore; detach or repair it first"));
        quota.stream()
                .filter(QuotaCheck::insufficient)
                .map(QuotaCheck::describe)
                .forEach(reasons::add);
        reasons.addAll(proof.reasons());
        return List.copyOf(reasons);
    }

    private static void addressReasons(
            SurveyedVm vm, NicPlan nic, NicRequests requests, IpStrategy strategy, List<String> reasons) {
        for (FixedIp ip : nic.originalIps()) {
            if (!vm.subnets().containsKey(ip.subnetId())) {
                reasons.add("Subnet " + ip.subnetId() + " of address " + ip.ipAddress() + " (" + Words.nic(nic)
                        + ") no longer exists; plan with ip_strategy NEW_IPS");
            }
        }
        List<FixedIp> following = requests.lostWithMac(nic);
        if (!strategy.goesOnWithout() && !following.isEmpty()) {
            reasons.add("Address " + Words.addresses(following) + " of " + Words.nic(nic) + " follows from the MAC"
                    + " address, which the original keeps; plan with ip_strategy TRY_SAME_IPS or NEW_IPS");
        }
    }

    private static String flavorGone(SurveyedVm vm) {
        var flavor = vm.server().flavor();
        String nearest = vm.nearestFlavors().isEmpty()
                ? "The project sees no other flavor"
                : "The nearest are " + String.join(", ", vm.nearestFlavors());
        return "Flavor " + ForeignText.quoted(flavor.name()) + " (" + flavor.vcpus() + " vCPU, " + flavor.ramMegabytes()
                + " MiB) no longer exists as it was. " + nearest;
    }
}
