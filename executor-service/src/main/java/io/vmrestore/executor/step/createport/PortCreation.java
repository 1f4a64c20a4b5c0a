package io.vmrestore.executor.step.createport;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.ServerName;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Creation;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.network.AddressPair;
import io.vmrestore.openstack.network.FixedIp;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.network.PortSpec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How create_port makes its port: it asks for addresses and MAC together, and gives up only what was refused and may be
 * given up.
 *
 * @param patience until when a taken address may be one that the replaced VM has not given free yet
 * @param portSecurity null to leave it to the network
 */
record PortCreation(
        StepTask.CreatePort task,
        Attempt attempt,
        Instant patience,
        @Nullable Boolean portSecurity) implements Creation<Port> {
    @Override
    public List<Port> find() {
        return MarkedPorts.of(attempt.cloud(), Mark.of(attempt.address()));
    }

    @Override
    public Port fetch(String id) {
        return network().port(id);
    }

    @Override
    public String create() {
        return create(wanted(), mac());
    }

    private @Nullable List<FixedIp> wanted() {
        List<FixedIp> requested = task.nic().requestedIps().stream()
                .map(ip -> new FixedIp(ip.subnetId(), ip.ipAddress()))
                .toList();
        return !task.ipStrategy().asksForAddresses() || requested.isEmpty() ? null : requested;
    }

    /** Asks for both, and gives up only what was refused. */
    private String create(@Nullable List<FixedIp> wanted, @Nullable String mac) {
        try {
            return network().createPort(spec(wanted, mac)).id();
        } catch (CloudException refused) {
            // Our own twin may hold the addresses: then it is adopted, and nothing is to be made.
            if ((wanted == null && mac == null) || !PortRefusal.ofAddresses(refused) || !find().isEmpty()) {
                throw refused;
            }
            if (PortRefusal.ofWhatMayBeFreed(refused)
                    && attempt.time().instant().isBefore(patience)) {
                // The replaced VM may not have given them free yet.
                throw refused;
            }
            if (mac != null && (wanted == null || PortRefusal.ofMac(refused))) {
                attempt.note("mac_fallback", refused.cloudMessage());
                return create(wanted, null);
            }
            return withoutThem(mac, refused);
        }
    }

    private String withoutThem(@Nullable String mac, CloudException refused) {
        if (!task.ipStrategy().goesOnWithout()) {
            throw StepFailure.lasting(
                    FailureKind.ADDRESS_NOT_AVAILABLE,
                    "Interface " + task.nic().index() + " cannot have " + requested(task.nic()) + " on network "
                            + task.nic().networkId(),
                    refused);
        }
        attempt.note("ip_fallback", refused.cloudMessage());
        return create(null, mac);
    }

    /** The security groups are always sent, even none: without the list Neutron adds the project's default group. */
    private PortSpec spec(@Nullable List<FixedIp> fixedIps, @Nullable String mac) {
        NicPlan nic = task.nic();
        return new PortSpec(
                nic.networkId(),
                Mark.of(attempt.address()).portName(),
                fixedIps,
                nic.securityGroups(),
                mac,
                ServerName.cut("Interface " + nic.index() + " of " + task.newName(), ServerName.LONGEST),
                nic.allowedAddressPairs().stream()
                        .map(pair -> new AddressPair(pair.ipAddress(), pair.macAddress()))
                        .toList(),
                portSecurity,
                nic.dnsName(),
                nic.qosPolicyId(),
                null,
                Boolean.TRUE.equals(task.down()) ? false : null);
    }

    /** The MAC belongs to the original as long as that exists. */
    private @Nullable String mac() {
        return task.replacedServerId() == null ? null : task.nic().macAddress();
    }

    @Override
    public void delete(Port twin) throws InterruptedException {
        Certainty.required(attempt.absence().deletePort(twin.id()));
    }

    @Override
    public String id(Port port) {
        return port.id();
    }

    /** Where the cloud tells no times, the id alone decides. */
    @Override
    public Instant createdAt(Port port) {
        return Objects.requireNonNullElse(port.createdAt(), Instant.EPOCH);
    }

    private Networking network() {
        return attempt.cloud().network();
    }

    /** The addresses that the interface asks for. */
    static List<String> requested(NicPlan nic) {
        return nic.requestedIps().stream().map(ip -> ip.ipAddress()).toList();
    }
}
