package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Index;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Floating IPs: reserved by a project, and led from one port to another. No router is asked for on the way. */
public final class FloatingIps {
    private final Engine engine;
    private final Networks networks;
    private final Ports ports;
    private final Table<FloatingIp> table;
    private final Index<FloatingIp> byPort;

    public FloatingIps(Engine engine, Networks networks, Ports ports) {
        this.engine = engine;
        this.networks = networks;
        this.ports = ports;
        this.table = engine.table("floating-ips", FloatingIp.class);
        this.byPort = table.index(ip -> ip.portId() == null ? List.of() : List.of(ip.portId()));
        ports.onRemoval(port -> ofPort(port.id()).toList().forEach(ip -> lead(ip, null, null)));
    }

    public Stream<FloatingIp> all() {
        return table.stream();
    }

    public Stream<FloatingIp> ofPort(String portId) {
        return byPort.find(portId);
    }

    /** Adds a floating IP that exists already. */
    public FloatingIp add(FloatingIp ip) {
        return table.put(ip);
    }

    public FloatingIp visible(Caller caller, String id) {
        return table.find(id).filter(ip -> caller.sees(ip.projectId())).orElseThrow(() -> notFound(id));
    }

    /** Reserves the lowest free address, or the wanted one, of an external network. */
    public FloatingIp create(Caller caller, String networkId, @Nullable String wanted) {
        Ports.requireMember(caller, "create_floatingip");
        Network network = networks.visible(caller, networkId);
        if (!network.external()) {
            throw bad("Network " + networkId + " is not a valid external network.");
        }
        String projectId = caller.projectId();
        long used =
                table.stream().filter(ip -> ip.projectId().equals(projectId)).count();
        if (!ports.quotas().allows(projectId, "floatingip", Math.toIntExact(used), 1)) {
            throw Refused.conflict("OverQuota", "Quota exceeded for resources: ['floatingip'].");
        }
        String address = wanted == null ? free(network) : requireFree(network, wanted);
        return table.put(new FloatingIp(
                engine.newId(), projectId, networkId, address, null, null, 0, engine.now(), engine.now()));
    }

    /**
     * Leads the floating IP to a port, away from the one it leads to now.
     *
     * @param portId null: to none
     * @param fixedIp null: the port's only IPv4 address
     */
    public FloatingIp associate(Caller caller, String id, @Nullable String portId, @Nullable String fixedIp) {
        Ports.requireMember(caller, "update_floatingip");
        FloatingIp ip = visible(caller, id);
        if (portId == null) {
            return lead(ip, null, null);
        }
        Port port = ports.visible(caller, portId);
        String target = target(port, fixedIp);
        ofPort(portId)
                .filter(other -> !other.id().equals(id) && target.equals(other.fixedIp()))
                .findFirst()
                .ifPresent(other -> {
                    throw Refused.conflict(
                            "FloatingIPPortAlreadyAssociated",
                            "Cannot associate floating IP " + ip.address() + " (" + id + ") with port " + portId
                                    + " using fixed IP " + target
                                    + ", as that fixed IP already has a floating IP on external network "
                                    + ip.networkId() + ".");
                });
        return lead(ip, portId, target);
    }

    public void delete(Caller caller, String id) {
        Ports.requireMember(caller, "delete_floatingip");
        table.remove(visible(caller, id).id());
    }

    public static Refused notFound(String id) {
        return Refused.notFound("FloatingIPNotFound", "Floating IP " + id + " could not be found");
    }

    private FloatingIp lead(FloatingIp ip, @Nullable String portId, @Nullable String fixedIp) {
        return table.put(ip.leadingTo(portId, fixedIp, engine.now()));
    }

    private static String target(Port port, @Nullable String wanted) {
        List<String> candidates = port.fixedIps().stream()
                .map(FixedIp::ipAddress)
                .filter(address -> IpAddress.of(address).version() == 4)
                .toList();
        if (wanted != null && !candidates.contains(wanted)) {
            throw bad("Port " + port.id() + " does not have fixed ip " + wanted + ".");
        }
        if (candidates.isEmpty()) {
            throw bad("Cannot add floating IP to port " + port.id() + " that has no fixed IPv4 addresses.");
        }
        if (wanted == null && candidates.size() > 1) {
            throw bad("Port " + port.id() + " has multiple fixed IPv4 addresses.  Must provide a specific IPv4 address"
                    + " when assigning a floating IP.");
        }
        return Objects.requireNonNullElse(wanted, candidates.getFirst());
    }

    private String free(Network network) {
        return networks.subnetsOf(network.id()).stream()
                .filter(subnet -> subnet.version() == 4)
                .flatMap(subnet -> firstFree(network, subnet).stream())
                .findFirst()
                .orElseThrow(() -> Refused.conflict(
                        "IpAddressGenerationFailure",
                        "No more IP addresses available on network " + network.id() + "."));
    }

    private Optional<String> firstFree(Network network, Subnet subnet) {
        IpAddress last = IpAddress.of(subnet.poolEnd());
        for (IpAddress next = IpAddress.of(subnet.poolStart());
                next.compareTo(last) <= 0;
                next = next.plus(BigInteger.ONE)) {
            if (isFree(network, next.toString())) {
                return Optional.of(next.toString());
            }
        }
        return Optional.empty();
    }

    private String requireFree(Network network, String wanted) {
        if (!isFree(network, wanted)) {
            throw Refused.conflict(
                    "IpAddressAlreadyAllocated",
                    "IP address " + wanted + " already allocated on network " + network.id());
        }
        return wanted;
    }

    private boolean isFree(Network network, String address) {
        return table.stream()
                .noneMatch(ip ->
                        ip.networkId().equals(network.id()) && ip.address().equals(address));
    }

    private static Refused bad(String message) {
        return Refused.badRequest("BadRequest", "Bad floatingip request: " + message);
    }
}
