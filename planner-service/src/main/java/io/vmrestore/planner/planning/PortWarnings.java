package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.WarningSeverity;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.InterfaceOrder;
import io.vmrestore.survey.SurveyedVm;
import io.vmrestore.survey.Uncarried;
import java.util.ArrayList;
import java.util.List;

/** What of a VM's ports is not preserved. */
final class PortWarnings {
    private final SurveyedVm vm;
    private final WarningSeverity.Listener warnings;

    PortWarnings(SurveyedVm vm, WarningSeverity.Listener warnings) {
        this.vm = vm;
        this.warnings = warnings;
    }

    void order() {
        if (!InterfaceOrder.known(vm.nics())) {
            warnings.say(
                    WarningSeverity.CHANGES,
                    "The order of the interfaces cannot be read from the cloud, because several are on one network and"
                        + " others on another; the restored VM may have them in another order than the original (eth0"
                        + " and eth1 in the guest may change places)");
        }
    }

    void tags() {
        if (vm.carried().interfaceTags() == null) {
            warnings.say(
                    WarningSeverity.CHANGES,
                    "Whether the interfaces have device tags cannot be read; those of the interfaces are not restored");
        }
    }

    void port(NicPlan nic, PlanRestore command) {
        Port port = vm.ports().get(nic.index());
        List<String> lost = new ArrayList<>();
        if (special(port)) {
            lost.add("type " + ForeignText.inSentence(port.vnicType()) + " (it becomes a normal one)");
        }
        if (!port.name().isEmpty()) {
            lost.add("name");
        }
        if (!port.description().isEmpty()) {
            lost.add("description");
        }
        if (!port.others().isEmpty()) {
            lost.add(Uncarried.describe(port.others()));
        }
        String what = String.join(", ", lost) + " of the port of " + Words.nic(nic);
        if (!lost.isEmpty()
                && command.mode() == RestoreMode.REPLACE
                && command.ipStrategy().asksForAddresses()) {
            warnings.say(
                    severity(port),
                    "If the port of " + Words.nic(nic)
                            + " was made by Nova it goes with the VM and a new one is made" + " without: "
                            + String.join(", ", lost) + ". A port that was given to the VM is kept whole");
        } else if (!lost.isEmpty()) {
            warnings.say(severity(port), "Not restored: " + what);
        }
        if (!port.adminStateUp()) {
            warnings.say(
                    WarningSeverity.CHANGES,
                    "The port of " + Words.nic(nic)
                            + " is administratively down (admin_state_up is false) and stays so for the restored VM");
        }
    }

    /** Name and description tell people something; what else a port has, the network acts on. */
    private static WarningSeverity severity(Port port) {
        boolean words = port.others().isEmpty() && !special(port);
        return words ? WarningSeverity.COSMETIC : WarningSeverity.CHANGES;
    }

    private static boolean special(Port port) {
        return !port.vnicType().isEmpty() && !port.vnicType().equals("normal");
    }
}
