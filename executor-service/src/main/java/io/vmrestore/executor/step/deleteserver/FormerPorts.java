package io.vmrestore.executor.step.deleteserver;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.Absence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The ports of a server that is gone. Nova deletes those that it made and lets those go that it was given, both a
 * little after the server. A port that stays is a better reservation of its addresses than any new one: where the
 * addresses are wanted again it is kept for create_port to take over, otherwise it is deleted.
 */
public final class FormerPorts {
    private static final Duration NOVAS_TURN = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final String serverId;
    private final Attempt attempt;
    private final Networking network;
    private final Absence absence;

    FormerPorts(String serverId, Attempt attempt) {
        this.serverId = serverId;
        this.attempt = attempt;
        network = attempt.cloud().network();
        absence = Absence.in(attempt.cloud());
    }

    void free(List<NicPlan> nics, IpStrategy strategy) throws InterruptedException {
        for (NicPlan nic : nics) {
            Optional<Port> settled = awaitNova(nic.sourcePortId());
            if (settled.isEmpty()) {
                continue;
            }
            Port port = settled.get();
            if (!ours(port, nic)) {
                attempt.note("port_left_" + nic.index(), "Port " + port.id() + " now belongs to " + port.deviceId());
            } else if (!strategy.asksForAddresses() || !port.deviceId().isEmpty()) {
                network.deletePort(port.id());
            }
        }
    }

    /** Whether the port is what the plan names and nobody else has it by now. */
    private boolean ours(Port port, NicPlan nic) {
        return port.deviceId().equals(serverId) || free(port, nic);
    }

    /** Whether the port is the original's and waits for a new server. */
    public static boolean free(Port port, NicPlan nic) {
        return port.deviceId().isEmpty() && port.macAddress().equalsIgnoreCase(nic.macAddress());
    }

    private Optional<Port> awaitNova(String portId) throws InterruptedException {
        Instant end = attempt.time().instant().plus(NOVAS_TURN);
        Optional<Port> port = absence.port(portId);
        while (port.isPresent()
                && port.get().deviceId().equals(serverId)
                && attempt.time().instant().isBefore(end)) {
            attempt.time().sleep(PAUSE);
            port = absence.port(portId);
        }
        return port;
    }
}
