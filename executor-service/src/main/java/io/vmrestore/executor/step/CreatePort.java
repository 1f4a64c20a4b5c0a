package io.vmrestore.executor.step;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.openstack.CloudException;
import io.vmrestore.openstack.network.AddressPair;
import io.vmrestore.openstack.network.FixedIp;
import io.vmrestore.openstack.network.Network;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.network.PortSpec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the port of one interface, with all its addresses on this one port. Creating it is what reserves the addresses;
 * whether they are free is never looked up before.
 *
 * <p>Safe to repeat: the port's name is the step's mark; it is looked up before and after the create call and adopted.
 * Reverted by {@link RollbackPort}. Calls: Neutron GET ports by name, GET network, POST port, PUT tags.
 */
final class CreatePort {

    void execute(StepTask.CreatePort task, Attempt attempt) throws InterruptedException {
        Port port = ExactlyOne.of(new PortCreation(task, attempt));
        attempt.made(ResourceType.PORT, port.id(), port.name());
        NicPlan nic = task.nic();
        for (String tag : nic.tags()) {
            if (!port.tags().contains(tag)) {
                attempt.cloud().network().tagPort(port.id(), tag);
            }
        }
        attempt.note("ips", addresses(port.fixedIps()));
        // An adopted port may be of an attempt whose notes were lost.
        if (!addresses(port.fixedIps()).containsAll(requested(nic))
                && !attempt.detail().containsKey("ip_fallback")) {
            attempt.note("ip_fallback", "The network did not give all of " + requested(nic));
        }
    }

    private static List<String> requested(NicPlan nic) {
        return nic.requestedIps().stream().map(ip -> ip.ipAddress()).toList();
    }

    private static List<String> addresses(List<FixedIp> ips) {
        return ips.stream().map(FixedIp::ipAddress).toList();
    }

    private record PortCreation(StepTask.CreatePort task, Attempt attempt) implements Creation<Port> {
        @Override
        public List<Port> find() {
            String name = Mark.of(attempt.address()).portName();
            return network().portsNamed(name).stream()
                    .filter(port -> port.name().equals(name))
                    .toList();
        }

        @Override
        public Port fetch(String id) {
            return network().port(id);
        }

        @Override
        public String create() {
            NicPlan nic = task.nic();
            if (task.ipStrategy() == IpStrategy.NEW_IPS || nic.requestedIps().isEmpty()) {
                return network().createPort(spec(null)).id();
            }
            List<FixedIp> wanted = nic.requestedIps().stream()
                    .map(ip -> new FixedIp(ip.subnetId(), ip.ipAddress()))
                    .toList();
            try {
                return network().createPort(spec(wanted)).id();
            } catch (CloudException refused) {
                return withoutThem(refused);
            }
        }

        private String withoutThem(CloudException refused) {
            // Our own twin may hold the addresses: then it is adopted, and nothing is to be made.
            if (!addressRefused(refused) || !find().isEmpty()) {
                throw refused;
            }
            return switch (task.ipStrategy()) {
                case NEW_IPS -> throw refused;
                case SAME_IPS_OR_FAIL ->
                    throw StepFailure.lasting(
                            FailureKind.ADDRESS_NOT_AVAILABLE,
                            "Interface " + task.nic().index() + " cannot have " + requested(task.nic()) + " on network "
                                    + task.nic().networkId(),
                            refused);
                case TRY_SAME_IPS -> {
                    attempt.note("ip_fallback", refused.cloudMessage());
                    yield network().createPort(spec(null)).id();
                }
            };
        }

        private static boolean addressRefused(CloudException refused) {
            return switch (refused) {
                case CloudException.Conflict conflict ->
                    conflict.addressTaken() || "IpAddressGenerationFailure".equals(conflict.type());
                case CloudException.Invalid invalid ->
                    invalid.type() != null
                            && (invalid.type().contains("Ip")
                                    || invalid.type().contains("Address")
                                    || invalid.type().contains("Subnet")
                                    || invalid.type().equals("InvalidInput"));
                // A tenant may not choose addresses on a network that it only shares.
                case CloudException.Forbidden _ -> true;
                case CloudException.NotFound _,
                        CloudException.QuotaExceeded _,
                        CloudException.Unauthorized _,
                        CloudException.RateLimited _,
                        CloudException.Unavailable _,
                        CloudException.Misconfigured _ -> false;
            };
        }

        /**
         * The security groups are always sent, even none: without the list Neutron adds the project's default group.
         */
        private PortSpec spec(@Nullable List<FixedIp> fixedIps) {
            NicPlan nic = task.nic();
            return new PortSpec(
                    nic.networkId(),
                    Mark.of(attempt.address()).portName(),
                    fixedIps,
                    nic.securityGroups(),
                    null,
                    "Interface " + nic.index() + " of " + task.newName(),
                    nic.allowedAddressPairs().stream()
                            .map(pair -> new AddressPair(pair.ipAddress(), pair.macAddress()))
                            .toList(),
                    portSecurity(nic),
                    nic.dnsName(),
                    nic.qosPolicyId(),
                    null);
        }

        /** Sent only where it differs from the network's own: a cloud without the extension refuses the attribute. */
        private @Nullable Boolean portSecurity(NicPlan nic) {
            Network network = network()
                    .findNetwork(nic.networkId())
                    .orElseThrow(() -> StepFailure.lasting(
                            FailureKind.PLAN_OUTDATED, "Network " + nic.networkId() + " no longer exists"));
            return network.portSecurityEnabled() == nic.portSecurityEnabled() ? null : nic.portSecurityEnabled();
        }

        @Override
        public void delete(Port twin) {
            network().deletePort(twin.id());
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
    }
}
