package io.vmrestore.executor.step.deleteserver;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.Deletion;
import io.vmrestore.survey.Presence;
import io.vmrestore.survey.Reads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ports that outlive their server: those that Nova was given, or has forgotten. A port that stays is a better
 * reservation of its addresses than any new one: where the addresses are wanted again it is kept for create_port to
 * take over, otherwise it is deleted. Nothing waits here: Nova had its turn while the server was followed.
 */
public final class FormerPorts {
    private final String serverId;
    private final Attempt attempt;
    private final Networking network;

    /** @param proof of a server that is not proven gone no port is touched */
    FormerPorts(String serverId, Presence.Gone<Server> proof, Attempt attempt) {
        this.serverId = serverId;
        this.attempt = attempt;
        network = attempt.cloud().network();
        attempt.note("server_gone", proof.evidence());
    }

    void free(List<NicPlan> nics, IpStrategy strategy) throws InterruptedException {
        Map<NicPlan, Reads.Read<List<Port>>> found = new LinkedHashMap<>();
        try (Reads reads = attempt.reads()) {
            for (NicPlan nic : nics) {
                found.put(nic, reads.start("network", () -> network.portsWithId(nic.sourcePortId())));
            }
            for (Map.Entry<NicPlan, Reads.Read<List<Port>>> nic : found.entrySet()) {
                for (Port port : nic.getValue().get()) {
                    free(nic.getKey(), port, strategy);
                }
            }
        }
    }

    private void free(NicPlan nic, Port port, IpStrategy strategy) throws InterruptedException {
        if (!ours(port, nic)) {
            attempt.note("port_left_" + nic.index(), "Port " + port.id() + " now belongs to " + port.deviceId());
        } else if (!strategy.asksForAddresses() || !port.deviceId().isEmpty()) {
            giveUp(nic, port);
        }
    }

    /**
     * A port that Neutron does not give up, such as the parent of a trunk, is named and fails nothing: the VM is gone.
     */
    private void giveUp(NicPlan nic, Port port) throws InterruptedException {
        try {
            if (attempt.absence().deletePort(port.id()) instanceof Deletion.Refused(String reason)) {
                attempt.note("port_left_" + nic.index(), reason);
            }
        } catch (CloudException kept) {
            if (FailureClass.of(kept) == FailureClass.OUTAGE) {
                throw kept;
            }
            attempt.note(
                    "port_left_" + nic.index(),
                    "Port " + port.id() + " could not be deleted and stays: " + kept.cloudMessage());
            attempt.made(ResourceType.PORT, port.id(), port.name());
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
}
