package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.IpAddress;
import io.vmrestore.simulator.cloud.network.Network;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.engine.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Nova checks of a server's networks before it answers 202. */
final class NicChecks {
    private final Servers.Parts parts;

    NicChecks(Servers.Parts parts) {
        this.parts = parts;
    }

    List<Nic> check(Caller caller, ServerRequest request) {
        List<Nic> nics = request.nics() == null ? onlyNetwork(caller) : request.nics();
        requireDifferentPorts(nics);
        nics.forEach(nic -> check(caller, nic));
        checkSecurityGroups(caller, request.securityGroups(), nics);
        return nics;
    }

    private static void requireDifferentPorts(List<Nic> nics) {
        Set<String> seen = new HashSet<>();
        for (Nic nic : nics) {
            if (nic.portId() != null && !seen.add(nic.portId())) {
                throw Refused.badRequest(
                        "Port ID '" + nic.portId() + "' was specified twice: you cannot attach a port multiple times.");
            }
        }
    }

    private List<Nic> onlyNetwork(Caller caller) {
        List<Network> candidates = parts.networks()
                .all()
                .filter(network -> !network.external())
                .filter(network -> network.shared() || network.projectId().equals(caller.projectId()))
                .toList();
        if (candidates.size() > 1) {
            throw Refused.conflict("Multiple possible networks found, use a Network ID to be more specific.");
        }
        return candidates.stream()
                .map(network -> Nic.onNetwork(network.id(), null))
                .toList();
    }

    private void check(Caller caller, Nic nic) {
        if (nic.portId() != null) {
            checkPort(caller, nic.portId());
        } else if (nic.networkId() != null) {
            checkNetwork(caller, nic.networkId());
            if (nic.fixedIp() != null) {
                checkFixedIp(nic.networkId(), nic.fixedIp());
            }
        }
    }

    private void checkPort(Caller caller, String id) {
        Port port = parts.ports()
                .find(id)
                .filter(known -> caller.sees(known.projectId()))
                .orElseThrow(() -> Refused.badRequest("Port id " + id + " could not be found."));
        if (!port.isFree()) {
            throw Refused.conflict("Port " + id + " is still in use.");
        }
        if (port.fixedIps().isEmpty()) {
            throw Refused.badRequest("Port " + id + " requires a FixedIP in order to be used.");
        }
    }

    private void checkNetwork(Caller caller, String id) {
        boolean visible = parts.networks()
                .find(id)
                .filter(network -> parts.networks().sees(caller, network))
                .isPresent();
        if (!visible) {
            throw Refused.badRequest("Network " + id + " could not be found.");
        }
    }

    private void checkFixedIp(String networkId, String wanted) {
        Optional<IpAddress> address = IpAddress.parse(wanted);
        parts.ports()
                .all()
                .filter(port -> port.networkId().equals(networkId) && !port.isFree())
                .filter(port -> port.fixedIps().stream()
                        .anyMatch(ip -> IpAddress.parse(ip.ipAddress()).equals(address)))
                .findFirst()
                .ifPresent(port -> {
                    throw Refused.badRequest(
                            "Fixed IP address " + wanted + " is already in use on instance " + port.deviceId() + ".");
                });
    }

    private void checkSecurityGroups(Caller caller, List<String> names, List<Nic> nics) {
        if (nics.isEmpty()) {
            return;
        }
        for (String name : names) {
            boolean known = parts.securityGroups()
                    .ofProject(caller.projectId())
                    .anyMatch(group -> group.name().equals(name) || group.id().equals(name));
            if (!known && !name.equals("default")) {
                throw Refused.badRequest("Unable to find security_group with name or id '" + name + "'");
            }
        }
    }
}
