package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.InterfaceOrder;
import io.vmrestore.survey.SurveyedVm;
import io.vmrestore.survey.Uncarried;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What of a VM's ports is not preserved. */
final class PortWarnings {
    private final SurveyedVm vm;
    private final Consumer<String> say;

    PortWarnings(SurveyedVm vm, Consumer<String> say) {
        this.vm = vm;
        this.say = say;
    }

    void order() {
        if (!InterfaceOrder.known(vm.nics())) {
            say.accept(
                    "The order of the interfaces cannot be read from the cloud, because several are on one network and"
                        + " others on another; the restored VM may have them in another order than the original (eth0"
                        + " and eth1 in the guest may change places)");
        }
    }

    void tags() {
        if (vm.carried().interfaceTags() == null) {
            say.accept(
                    "Whether the interfaces have device tags cannot be read; those of the interfaces are not restored");
        }
    }

    void port(NicPlan nic, PlanRestore command) {
        Port port = vm.ports().get(nic.index());
        List<String> lost = new ArrayList<>();
        if (!port.vnicType().isEmpty() && !port.vnicType().equals("normal")) {
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
            say.accept("If the port of " + Words.nic(nic)
                    + " was made by Nova it goes with the VM and a new one is made" + " without: "
                    + String.join(", ", lost) + ". A port that was given to the VM is kept whole");
        } else if (!lost.isEmpty()) {
            say.accept("Not restored: " + what);
        }
        if (!port.adminStateUp()) {
            say.accept("The port of " + Words.nic(nic)
                    + " is administratively down (admin_state_up is false) and stays so for the restored VM");
        }
    }
}
