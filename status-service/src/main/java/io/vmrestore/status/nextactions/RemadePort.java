package io.vmrestore.status.nextactions;

import io.vmrestore.common.contract.AddressPair;
import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.text.ClientCommand;
import java.util.List;
import java.util.UUID;

/**
 * The port of one interface, which the restore did not come to make. A port that was given to the original outlives it
 * and holds its addresses and its MAC: then that one is taken.
 */
record RemadePort(Plan plan, NicPlan nic, UUID jobId) {
    /** Looks for the original's port, makes another if that is gone, and keeps the id in a variable of the shell. */
    String command() {
        String former = ClientCommand.in(plan.projectId(), "port show")
                .option("-f", "value")
                .option("-c", "id")
                .about(nic.sourcePortId())
                .toString();
        return variable() + "=$(" + former + " || " + create() + ")";
    }

    /** The id of the port for later commands in the same shell, which stop if it is not there. */
    String reference() {
        return "\"${" + variable() + ":?}\"";
    }

    /** They belonged to the original's port. */
    List<Instruction> floatingIps() {
        return nic.floatingIps().stream()
                .map(address -> Instruction.of(
                        "Lead floating IP " + address + " to it",
                        ClientCommand.in(plan.projectId(), "floating ip set")
                                .expanded("--port", reference())
                                .about(address)))
                .toList();
    }

    private String variable() {
        return "PORT_" + nic.index();
    }

    private ClientCommand create() {
        ClientCommand create = ClientCommand.in(plan.projectId(), "port create")
                .option("-f", "value")
                .option("-c", "id")
                .option("--network", nic.networkId());
        // Not all that it had: Neutron refuses to be asked for an address that follows from the MAC, even for that one.
        for (FixedIp ip : nic.requestedIps()) {
            create.option("--fixed-ip", "subnet=" + ip.subnetId() + ",ip-address=" + ip.ipAddress());
        }
        create.option("--mac-address", nic.macAddress());
        if (nic.securityGroups().isEmpty()) {
            create.flag("--no-security-group");
        }
        nic.securityGroups().forEach(group -> create.option("--security-group", group));
        if (!nic.portSecurityEnabled()) {
            create.flag("--disable-port-security");
        }
        for (AddressPair pair : nic.allowedAddressPairs()) {
            String mac = pair.macAddress() == null ? "" : ",mac-address=" + pair.macAddress();
            create.option("--allowed-address", "ip-address=" + pair.ipAddress() + mac);
        }
        if (nic.qosPolicyId() != null) {
            create.option("--qos-policy", nic.qosPolicyId());
        }
        if (nic.dnsName() != null) {
            create.option("--dns-name", nic.dnsName());
        }
        nic.tags().forEach(tag -> create.option("--tag", tag));
        Carried carried = plan.carried();
        if (carried != null && carried.portsDown().contains(nic.index())) {
            create.flag("--disable");
        }
        return create.about("restore-" + jobId + "-nic-" + nic.index());
    }
}
