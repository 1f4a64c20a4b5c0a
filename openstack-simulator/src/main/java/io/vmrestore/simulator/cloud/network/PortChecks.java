package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.util.List;

/** Neutron's policy and plausibility checks of a wanted port, in its order and words. */
final class PortChecks {
    private final Networks networks;
    private final Faults faults;

    PortChecks(Networks networks, Faults faults) {
        this.networks = networks;
        this.faults = faults;
    }

    void check(Caller caller, Network network, PortRequest request) {
        boolean foreignProject =
                request.projectId() != null && !request.projectId().equals(caller.projectId());
        if (foreignProject && !caller.isAdmin()) {
            throw Refused.badRequest("Specifying 'project_id' or 'tenant_id' other than the authenticated project in"
                    + " request requires admin or advsvc privileges");
        }
        Ports.requireMember(caller, "create_port");
        if (request.bindingHost() != null && !caller.isAdmin()) {
            throw Refused.forbidden("(rule:create_port and rule:create_port:binding:host_id) is disallowed by policy");
        }
        if (request.fixedIps() != null) {
            checkAddresses(caller, network, request.fixedIps());
        }
    }

    void requireAddressForGroups(boolean portSecurity, List<String> groups) {
        if (!portSecurity && !groups.isEmpty()) {
            throw Refused.badRequest(
                    "PortSecurityAndIPRequiredForSecurityGroups",
                    "Port security must be enabled and port must have an IP address in order to use security groups.");
        }
    }

    void requireSecurityForPairs(boolean portSecurity, List<AddressPair> pairs) {
        if (!portSecurity && !pairs.isEmpty()) {
            throw Refused.conflict(
                    "AddressPairAndPortSecurityRequired",
                    "Port Security must be enabled in order to have allowed address pairs on a port.");
        }
    }

    private void checkAddresses(Caller caller, Network network, List<PortRequest.WantedIp> wanted) {
        boolean owner = caller.isAdmin() || network.projectId().equals(caller.projectId());
        boolean chooses = wanted.stream().anyMatch(wish -> wish.ipAddress() != null);
        boolean forbidden = faults.lasting(Fault.AddressChoiceForbidden.class, network.name(), network.id())
                .isPresent();
        if (chooses && (!owner || forbidden)) {
            throw Refused.forbidden("(rule:create_port and (rule:create_port:fixed_ips and"
                    + " (rule:create_port:fixed_ips:ip_address))) is disallowed by policy");
        }
        for (PortRequest.WantedIp wish : wanted) {
            if (wish.subnetId() == null) {
                continue;
            }
            Subnet subnet = networks.findSubnet(wish.subnetId())
                    .orElseThrow(() ->
                            Refused.notFound("SubnetNotFound", "Subnet " + wish.subnetId() + " could not be found."));
            if (!subnet.networkId().equals(network.id())) {
                throw Refused.badRequest(
                        "InvalidInput",
                        "Invalid input for operation: Failed to create port on network " + network.id()
                                + ", because fixed_ips included invalid subnet " + subnet.id() + ".");
            }
        }
    }
}
