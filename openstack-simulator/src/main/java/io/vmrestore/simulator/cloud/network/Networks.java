package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Index;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Networks and their subnets. */
public final class Networks {
    private final Table<Network> networks;
    private final Table<Subnet> subnets;
    private final Index<Subnet> subnetsByNetwork;

    public Networks(Engine engine) {
        this.networks = engine.table("networks", Network.class);
        this.subnets = engine.table("subnets", Subnet.class);
        this.subnetsByNetwork = subnets.index(subnet -> List.of(subnet.networkId()));
    }

    public Network add(Network network) {
        return networks.put(network);
    }

    public Subnet add(Subnet subnet) {
        return subnets.put(subnet);
    }

    /** Deletes a network with its subnets; while a port is on it, it is in use. */
    public void delete(Caller caller, String id, boolean inUse) {
        Network network = visible(caller, id);
        if (!caller.mayChange() || !caller.sees(network.projectId())) {
            throw Refused.forbidden("rule:delete_network is disallowed by policy");
        }
        if (inUse) {
            throw Refused.conflict(
                    "NetworkInUse",
                    "Unable to complete operation on network " + id
                            + ". There are one or more ports still in use on the network.");
        }
        remove(id);
    }

    public void removeSubnet(String id) {
        subnets.remove(id);
    }

    public void remove(String networkId) {
        subnetsOf(networkId).forEach(subnet -> subnets.remove(subnet.id()));
        networks.remove(networkId);
    }

    public Stream<Network> all() {
        return networks.stream();
    }

    public Stream<Subnet> subnets() {
        return subnets.stream();
    }

    public Optional<Network> find(@Nullable String id) {
        return networks.find(id);
    }

    public Optional<Subnet> findSubnet(@Nullable String id) {
        return subnets.find(id);
    }

    public List<Subnet> subnetsOf(String networkId) {
        return subnetsByNetwork.find(networkId).toList();
    }

    public boolean sees(Caller caller, Network network) {
        return network.shared() || network.external() || caller.sees(network.projectId());
    }

    public Network visible(Caller caller, String id) {
        return networks.find(id)
                .filter(network -> sees(caller, network))
                .orElseThrow(() -> Refused.notFound("NetworkNotFound", "Network " + id + " could not be found."));
    }

    public Subnet visibleSubnet(Caller caller, String id) {
        return subnets.find(id)
                .filter(subnet -> find(subnet.networkId())
                        .filter(network -> sees(caller, network))
                        .isPresent())
                .orElseThrow(() -> Refused.notFound("SubnetNotFound", "Subnet " + id + " could not be found."));
    }
}
