package io.vmrestore.executor.step.createport;

import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import io.vmrestore.openstack.network.FixedIp;
import io.vmrestore.openstack.network.FloatingIp;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.network.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Leads the floating IPs of a replaced VM's interface to its new port. One that Neutron refuses to give again is told
 * and fails nothing: the VM is worth more than its outside address, which an operator can set afterwards.
 */
final class FloatingIps {
    private final Attempt attempt;
    private final Networking network;

    FloatingIps(Attempt attempt) {
        this.attempt = attempt;
        network = attempt.cloud().network();
    }

    void follow(NicPlan nic, Port port) {
        List<String> followed = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        for (String address : nic.floatingIps()) {
            try {
                if (follow(nic, port, address)) {
                    followed.add(address);
                } else {
                    lost.add(address + ": it is gone or leads elsewhere by now");
                }
            } catch (CloudException refused) {
                if (FailureClass.of(refused) == FailureClass.OUTAGE) {
                    throw refused;
                }
                lost.add(address + ": " + refused.cloudMessage());
            }
        }
        if (!followed.isEmpty()) {
            attempt.note("floating_ips", followed);
        }
        if (!lost.isEmpty()) {
            attempt.note("floating_ips_lost", lost);
        }
    }

    private boolean follow(NicPlan nic, Port port, String address) {
        Optional<FloatingIp> found = network.floatingIp(address);
        if (found.isEmpty()) {
            return false;
        }
        FloatingIp ip = found.get();
        if (port.id().equals(ip.portId())) {
            return true;
        }
        if (ip.portId() != null && !ip.portId().equals(nic.sourcePortId())) {
            return false;
        }
        network.associate(ip.id(), port.id(), target(nic, port, address));
        return true;
    }

    /** The address that it led to before, where the new port has it; otherwise the port's IPv4 address. */
    private static String target(NicPlan nic, Port port, String address) {
        List<String> addresses = port.fixedIps().stream()
                .map(FixedIp::ipAddress)
                .filter(Objects::nonNull)
                .toList();
        String before =
                nic.floatingTargets() == null ? null : nic.floatingTargets().get(address);
        if (before != null && addresses.contains(before)) {
            return before;
        }
        return addresses.stream().filter(ip -> !ip.contains(":")).findFirst().orElse(addresses.getFirst());
    }
}
