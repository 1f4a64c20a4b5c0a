package io.vmrestore.executor.step.createport;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Creation;
import io.vmrestore.executor.idempotency.ExactlyOne;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.step.Step;
import io.vmrestore.executor.step.deleteserver.FormerPorts;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.network.AddressPair;
import io.vmrestore.openstack.network.FixedIp;
import io.vmrestore.openstack.network.Network;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.network.PortSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the port of one interface, with all its addresses on this one port. Creating it is what reserves the addresses;
 * whether they are free is never looked up before. In a replaced VM's place it has the original's MAC, waits for
 * addresses that the cloud gives free late, takes the original's port over where that outlived its VM, and leads the
 * floating IPs to it.
 *
 * <p>Safe to repeat: the port's name is the step's mark; it is looked up before and after the create call and adopted;
 * a port that is taken over is the same one each time. Reverted by {@link RollbackPort}; not in a replaced VM's place,
 * where the port is what the VM can be brought back with. Calls: Neutron GET ports by name, GET network, GET and POST
 * port, PUT tags, GET and PUT floating IP.
 */
@Component
final class CreatePort implements Step<StepTask.CreatePort> {
    /** Nova and Neutron give a deleted VM's addresses free some seconds after the VM is gone. */
    private static final Duration LATE_RELEASE = Duration.ofSeconds(45);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    @Override
    public Action action() {
        return Action.CREATE_PORT;
    }

    @Override
    public Class<StepTask.CreatePort> taskType() {
        return StepTask.CreatePort.class;
    }

    @Override
    public void execute(StepTask.CreatePort task, Attempt attempt) throws InterruptedException {
        Optional<Port> survivor = survivor(task, attempt);
        Port port = survivor.isPresent() ? survivor.get() : made(task, attempt);
        attempt.made(ResourceType.PORT, port.id(), port.name());
        NicPlan nic = task.nic();
        for (String tag : nic.tags()) {
            if (!port.tags().contains(tag)) {
                attempt.cloud().network().tagPort(port.id(), tag);
            }
        }
        attempt.note("ips", addresses(port.fixedIps()));
        if (task.replacedServerId() != null) {
            new FloatingIps(attempt).follow(nic, port);
        }
        // An adopted port may be of an attempt whose notes were lost.
        if (!addresses(port.fixedIps()).containsAll(requested(nic))
                && !attempt.detail().containsKey("ip_fallback")) {
            attempt.note("ip_fallback", "The network did not give all of " + requested(nic));
        }
    }

    @Override
    public void nameMade(StepTask.CreatePort task, Attempt attempt) {
        new PortCreation(task, attempt).find().forEach(port -> attempt.made(ResourceType.PORT, port.id(), port.name()));
    }

    /** The replaced VM's own port, where it outlived the VM and its addresses are wanted again. */
    private static Optional<Port> survivor(StepTask.CreatePort task, Attempt attempt) {
        String replaced = task.replacedServerId();
        if (replaced == null || task.ipStrategy() == IpStrategy.NEW_IPS) {
            return Optional.empty();
        }
        Optional<Port> port = attempt.cloud()
                .network()
                .findPort(task.nic().sourcePortId())
                .filter(former -> FormerPorts.free(former, task.nic()));
        port.ifPresent(former -> attempt.note("port_taken_over", former.id()));
        return port;
    }

    /** Makes the port, and again as long as the cloud may still be giving the replaced VM's addresses free. */
    private static Port made(StepTask.CreatePort task, Attempt attempt) throws InterruptedException {
        PortCreation creation = new PortCreation(task, attempt);
        Instant patience = creation.patience();
        while (true) {
            try {
                return ExactlyOne.of(creation, attempt::requireMayMake);
            } catch (CloudException.Conflict taken) {
                if (!taken.addressTaken() || !Instant.now().isBefore(patience)) {
                    throw taken;
                }
                attempt.note("waiting_for_addresses", taken.cloudMessage());
                attempt.stop().during(() -> {
                    Thread.sleep(BETWEEN_TRIES);
                    return task;
                });
            }
        }
    }

    private static List<String> requested(NicPlan nic) {
        return nic.requestedIps().stream().map(ip -> ip.ipAddress()).toList();
    }

    private static List<String> addresses(List<FixedIp> ips) {
        return ips.stream().map(FixedIp::ipAddress).toList();
    }

    private record PortCreation(StepTask.CreatePort task, Attempt attempt, Instant patience) implements Creation<Port> {
        PortCreation(StepTask.CreatePort task, Attempt attempt) {
            this(task, attempt, patience(task, attempt));
        }

        /** Until when a taken address may be one that the replaced VM has not given free yet. */
        private static Instant patience(StepTask.CreatePort task, Attempt attempt) {
            if (task.replacedServerId() == null) {
                return Instant.MIN;
            }
            Instant late = Instant.now().plus(LATE_RELEASE);
            Instant deadline = attempt.deadline().minus(BETWEEN_TRIES);
            return late.isBefore(deadline) ? late : deadline;
        }

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
            return create(wanted(), mac());
        }

        private @Nullable List<FixedIp> wanted() {
            List<FixedIp> requested = task.nic().requestedIps().stream()
                    .map(ip -> new FixedIp(ip.subnetId(), ip.ipAddress()))
                    .toList();
            return task.ipStrategy() == IpStrategy.NEW_IPS || requested.isEmpty() ? null : requested;
        }

        /** Asks for both, and gives up only what was refused. */
        private String create(@Nullable List<FixedIp> wanted, @Nullable String mac) {
            try {
                return network().createPort(spec(wanted, mac)).id();
            } catch (CloudException refused) {
                // Our own twin may hold the addresses: then it is adopted, and nothing is to be made.
                if ((wanted == null && mac == null) || !addressRefused(refused) || !find().isEmpty()) {
                    throw refused;
                }
                if (refused instanceof CloudException.Conflict && Instant.now().isBefore(patience)) {
                    // The replaced VM may not have given them free yet.
                    throw refused;
                }
                if (mac != null && (wanted == null || macRefused(refused))) {
                    attempt.note("mac_fallback", refused.cloudMessage());
                    return create(wanted, null);
                }
                return withoutThem(mac, refused);
            }
        }

        private String withoutThem(@Nullable String mac, CloudException refused) {
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
                    yield create(null, mac);
                }
            };
        }

        /** A refusal by policy may mean either; the MAC is the lesser loss. */
        private static boolean macRefused(CloudException refused) {
            return refused instanceof CloudException.Forbidden
                    || (refused instanceof CloudException.Conflict conflict && conflict.macTaken());
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
        private PortSpec spec(@Nullable List<FixedIp> fixedIps, @Nullable String mac) {
            NicPlan nic = task.nic();
            return new PortSpec(
                    nic.networkId(),
                    Mark.of(attempt.address()).portName(),
                    fixedIps,
                    nic.securityGroups(),
                    mac,
                    "Interface " + nic.index() + " of " + task.newName(),
                    nic.allowedAddressPairs().stream()
                            .map(pair -> new AddressPair(pair.ipAddress(), pair.macAddress()))
                            .toList(),
                    portSecurity(nic),
                    nic.dnsName(),
                    nic.qosPolicyId(),
                    null);
        }

        /** The MAC belongs to the original as long as that exists. */
        private @Nullable String mac() {
            return task.replacedServerId() == null ? null : task.nic().macAddress();
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
