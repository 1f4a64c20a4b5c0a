package io.vmrestore.survey.create;

import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.text.ClientCommand;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.SurveyedVm;
import java.util.Optional;

/** Whether Neutron and Nova take the ports of the restored VM: their DNS names and the trunks above them. */
final class PortChecks {
    private final CreateRequest request;
    private final SurveyedVm vm;
    private final SourceServer source;
    private final Findings findings;

    PortChecks(CreateRequest request, SurveyedVm vm, Findings findings) {
        this.request = request;
        this.vm = vm;
        source = request.source();
        this.findings = findings;
    }

    void run() {
        request.nics().forEach(this::port);
    }

    private void port(NicPlan nic) {
        String which = "interface " + nic.index() + " (" + nic.macAddress() + ")";
        if (nic.dnsName() != null && !HostName.certainly(nic.dnsName(), request.newName())) {
            findings.reason("Port DNS name " + ForeignText.quoted(nic.dnsName()) + " of " + which
                    + " is not the host name that Nova gives a" + " server named "
                    + ForeignText.quoted(request.newName()) + ", so the server would end in ERROR; make a new plan");
        }
        trunk(nic).ifPresent(trunk -> {
            if (!request.destroysFirst()) {
                findings.warning("The trunk " + trunk.id() + " of " + which
                        + " and its sub-ports stay with the original: " + String.join(", ", trunk.subPorts()));
            } else if (!request.ipStrategy().asksForAddresses()) {
                findings.reason("The port of " + which + " is the parent of trunk " + trunk.id()
                        + ", so it cannot be deleted; plan with ip_strategy SAME_IPS_OR_FAIL or TRY_SAME_IPS, which"
                        + " keep it, or delete the trunk first: "
                        + ClientCommand.in(source.projectId(), "network trunk delete")
                                .about(trunk.id()));
            }
        });
    }

    private Optional<Port.Trunk> trunk(NicPlan nic) {
        return vm.ports().stream()
                .filter(port -> port.id().equals(nic.sourcePortId()))
                .findFirst()
                .map(Port::trunk);
    }
}
