package io.vmrestore.executor.step.createport;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.ExactlyOne;
import io.vmrestore.executor.step.Step;
import io.vmrestore.executor.step.deleteserver.FormerPorts;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.network.FixedIp;
import io.vmrestore.openstack.network.Network;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        if (!addresses(port.fixedIps()).containsAll(PortCreation.requested(nic))
                && !attempt.detail().containsKey("ip_fallback")) {
            attempt.note("ip_fallback", "The network did not give all of " + PortCreation.requested(nic));
        }
    }

    @Override
    public void nameMade(StepTask.CreatePort task, Attempt attempt) {
        new PortCreation(task, attempt, Instant.MIN, null)
                .find()
                .forEach(port -> attempt.made(ResourceType.PORT, port.id(), port.name()));
    }

    /** The replaced VM's own port, where it outlived the VM and its addresses are wanted again. */
    private static Optional<Port> survivor(StepTask.CreatePort task, Attempt attempt) throws InterruptedException {
        String replaced = task.replacedServerId();
        if (replaced == null || !task.ipStrategy().asksForAddresses()) {
            return Optional.empty();
        }
        Absence absence = attempt.absence();
        String former = task.nic().sourcePortId();
        return switch (attempt.stop().during(() -> Certainty.await(attempt, () -> absence.port(former, replaced)))) {
            case Presence.Present<Port>(Port port)
            when FormerPorts.free(port, task.nic()) -> {
                attempt.note("port_taken_over", port.id());
                yield Optional.of(port);
            }
            case Presence.Present<Port> _, Presence.Gone<Port> _ -> Optional.empty();
        };
    }

    /** Makes the port, and again as long as the cloud may still be giving the replaced VM's addresses free. */
    private static Port made(StepTask.CreatePort task, Attempt attempt) throws InterruptedException {
        Instant patience = patience(task, attempt);
        PortCreation creation = new PortCreation(task, attempt, patience, portSecurity(task.nic(), attempt));
        while (true) {
            try {
                return ExactlyOne.of(creation, attempt::requireMayMake, attempt.time());
            } catch (CloudException taken) {
                if (!PortRefusal.ofWhatIsTaken(taken)
                        || !attempt.time().instant().isBefore(patience)) {
                    throw taken;
                }
                attempt.note("waiting_for_addresses", taken.cloudMessage());
                attempt.stop().during(() -> {
                    attempt.time().sleep(BETWEEN_TRIES);
                    return task;
                });
            }
        }
    }

    /** Sent only where it differs from the network's own: a cloud without the extension refuses the attribute. */
    private static @Nullable Boolean portSecurity(NicPlan nic, Attempt attempt) throws InterruptedException {
        Absence absence = attempt.absence();
        Presence.Certain<Network> network =
                attempt.stop().during(() -> Certainty.await(attempt, () -> absence.network(nic.networkId())));
        return switch (network) {
            case Presence.Present<Network>(Network there) ->
                there.portSecurityEnabled() == nic.portSecurityEnabled() ? null : nic.portSecurityEnabled();
            case Presence.Gone<Network> _ ->
                throw StepFailure.lasting(
                        FailureKind.PLAN_OUTDATED, "Network " + nic.networkId() + " no longer exists. Make a new plan");
        };
    }

    /** Until when a taken address may be one that the replaced VM has not given free yet. */
    private static Instant patience(StepTask.CreatePort task, Attempt attempt) {
        if (task.replacedServerId() == null) {
            return Instant.MIN;
        }
        Instant late = attempt.time().instant().plus(LATE_RELEASE);
        Instant deadline = attempt.deadline().minus(BETWEEN_TRIES);
        return late.isBefore(deadline) ? late : deadline;
    }

    private static List<String> addresses(List<FixedIp> ips) {
        return ips.stream().map(FixedIp::ipAddress).toList();
    }
}
