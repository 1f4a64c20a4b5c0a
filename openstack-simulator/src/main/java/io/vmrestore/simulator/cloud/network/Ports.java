package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Deadlines;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Index;
import io.vmrestore.simulator.engine.Quotas;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ports: the reservation of addresses, and what servers plug into. */
public final class Ports {
    private static final String COMPUTE = "compute:nova";

    private final Engine engine;
    private final Networks networks;
    private final SecurityGroups groups;
    private final Quotas quotas;
    private final Table<Port> table;
    private final Index<Port> byDevice;
    private final Index<Port> byMac;
    private final Addresses addresses;
    private final PortChecks checks;
    private final Faults faults;
    private final Deadlines.Kind lateAddresses;
    private final List<Consumer<Port>> removalListeners = new ArrayList<>();

    public Ports(Engine engine, Networks networks, SecurityGroups groups, Faults faults) {
        this.engine = engine;
        this.networks = networks;
        this.groups = groups;
        this.table = engine.table("ports", Port.class);
        this.byDevice = table.index(port -> List.of(port.deviceId()));
        this.byMac = table.index(port -> List.of(port.networkId() + "/" + port.macAddress()));
        this.faults = faults;
        this.lateAddresses = engine.deadlines().kind("address-release", address -> {});
        this.addresses = new Addresses(
                table.index(port -> port.fixedIps().stream().map(FixedIp::key).toList()), lateAddresses::holds, faults);
        this.quotas = new Quotas(engine, "network-quotas", defaultLimits());
        this.checks = new PortChecks(networks, faults);
    }

    public Quotas quotas() {
        return quotas;
    }

    /** Adds a port that exists already. */
    public Port add(Port port) {
        return table.put(port);
    }

    /** All ports by id, which is not the order of any server's cards. */
    public Stream<Port> all() {
        return table.stream().sorted(Comparator.comparing(Port::id));
    }

    public Stream<Port> ofDevice(String deviceId) {
        return byDevice.find(deviceId).sorted(Comparator.comparing(Port::id));
    }

    public Optional<Port> find(@Nullable String id) {
        return table.find(id);
    }

    public boolean existOn(String networkId) {
        return table.stream().anyMatch(port -> port.networkId().equals(networkId));
    }

    /** How many addresses of the subnet ports hold. */
    public long countIn(String subnetId) {
        return table.stream()
                .flatMap(port -> port.fixedIps().stream())
                .filter(ip -> ip.subnetId().equals(subnetId))
                .count();
    }

    public long countOf(String projectId) {
        return table.stream().filter(port -> port.projectId().equals(projectId)).count();
    }

    public Port visible(Caller caller, String id) {
        return table.find(id).filter(port -> caller.sees(port.projectId())).orElseThrow(() -> notFound(id));
    }

    /** Makes a port. Its addresses and MAC are taken by this very call, or the call is refused. */
    public Port create(Caller caller, PortRequest request) {
        String networkId = Objects.requireNonNull(request.networkId(), "networkId");
        Network network = networks.visible(caller, networkId);
        checks.check(caller, network, request);
        String projectId = request.projectId() == null ? caller.projectId() : request.projectId();
        PortSettings settings = settings(caller, projectId, request);
        String mac = request.macAddress() == null ? freeMac(networkId) : free(networkId, request.macAddress());
        List<FixedIp> fixedIps =
                addresses.allocate(network, networks.subnetsOf(networkId), request.fixedIps(), mac, null);
        if (!quotas.allows(projectId, "port", Math.toIntExact(countOf(projectId)), 1)) {
            throw Refused.conflict("OverQuota", "Quota exceeded for resources: ['port'].");
        }
        Instant now = engine.now();
        return table.put(new Port(
                engine.newId(),
                projectId,
                networkId,
                mac,
                settings,
                fixedIps,
                Objects.requireNonNullElse(request.deviceId(), ""),
                Objects.requireNonNullElse(request.deviceOwner(), ""),
                null,
                Set.of(),
                1,
                now,
                now));
    }

    /** Changes what the request mentions. */
    public Port update(Caller caller, String id, PortRequest request, @Nullable Integer expectedRevision) {
        Port port = visible(caller, id);
        requireMember(caller, "update_port");
        if (expectedRevision != null && expectedRevision != port.revision()) {
            throw new Refused(
                    Refused.Kind.STALE,
                    "RevisionNumberConstraintFailed",
                    "Constrained to " + expectedRevision + ", but current revision is " + port.revision());
        }
        Network network = networks.visible(caller, port.networkId());
        checks.check(caller, network, request);
        List<FixedIp> fixedIps = request.fixedIps() == null
                ? port.fixedIps()
                : addresses.allocate(
                        network, networks.subnetsOf(network.id()), request.fixedIps(), port.macAddress(), port);
        Port changed = port.with(changed(caller, port, request), fixedIps, engine.now());
        if (request.deviceId() != null) {
            changed = changed.onDevice(
                    request.deviceId(),
                    Objects.requireNonNullElse(request.deviceOwner(), port.deviceOwner()),
                    request.deviceId().isEmpty() ? null : port.host(),
                    engine.now());
        }
        return table.put(changed);
    }

    public void delete(Caller caller, String id) {
        Port port = visible(caller, id);
        requireMember(caller, "delete_port");
        remove(port);
    }

    public Port tag(Caller caller, String id, Set<String> tags) {
        Port port = taggable(caller, id);
        requireMember(caller, "update_ports_tags");
        return table.put(port.tagged(new TreeSet<>(tags), engine.now()));
    }

    /** The port as the tagging calls look it up: with an error of their own. */
    public Port taggable(Caller caller, String id) {
        return table.find(id)
                .filter(port -> caller.sees(port.projectId()))
                .orElseThrow(
                        () -> Refused.notFound("TagResourceNotFound", "Resource ports " + id + " could not be found."));
    }

    /** Nova plugs a server into the port. */
    public void bind(String id, String serverId, String host) {
        table.find(id).ifPresent(port -> table.put(port.onDevice(serverId, COMPUTE, host, engine.now())));
    }

    /** The server let go of the port, which keeps its addresses. */
    public void unbind(String id) {
        table.find(id).ifPresent(port -> table.put(port.onDevice("", "", null, engine.now())));
    }

    /** Nova deletes a port that it made itself. */
    public void discard(String id) {
        table.find(id).ifPresent(this::remove);
    }

    /** Whoever wants to know of every port that goes. */
    void onRemoval(Consumer<Port> listener) {
        removalListeners.add(listener);
    }

    private void remove(Port port) {
        table.remove(port.id());
        removalListeners.forEach(listener -> listener.accept(port));
        faults.take(Fault.AddressReleasedLate.class, port.settings().name(), port.id())
                .ifPresent(late -> port.fixedIps().forEach(ip -> lateAddresses.begin(ip.key(), late.delay())));
    }

    private PortSettings settings(Caller caller, String projectId, PortRequest request) {
        boolean secure = !Boolean.FALSE.equals(request.portSecurity());
        List<String> members = request.securityGroups() != null
                ? request.securityGroups()
                : secure ? List.of(groups.defaultOf(projectId).id()) : List.of();
        members.forEach(id -> groups.visible(caller, id));
        checks.requireAddressForGroups(secure, members);
        List<AddressPair> pairs = Objects.requireNonNullElse(request.allowedAddressPairs(), List.of());
        checks.requireSecurityForPairs(secure, pairs);
        return new PortSettings(
                Objects.requireNonNullElse(request.name(), ""),
                Objects.requireNonNullElse(request.description(), ""),
                !Boolean.FALSE.equals(request.adminStateUp()),
                secure,
                members,
                pairs);
    }

    private PortSettings changed(Caller caller, Port port, PortRequest request) {
        PortSettings old = port.settings();
        boolean secure = Objects.requireNonNullElse(request.portSecurity(), old.portSecurity());
        List<String> members = Objects.requireNonNullElse(request.securityGroups(), old.securityGroups());
        members.forEach(id -> groups.visible(caller, id));
        checks.requireAddressForGroups(secure, members);
        List<AddressPair> pairs = Objects.requireNonNullElse(request.allowedAddressPairs(), old.allowedAddressPairs());
        checks.requireSecurityForPairs(secure, pairs);
        return new PortSettings(
                Objects.requireNonNullElse(request.name(), old.name()),
                Objects.requireNonNullElse(request.description(), old.description()),
                Objects.requireNonNullElse(request.adminStateUp(), old.adminStateUp()),
                secure,
                members,
                pairs);
    }

    private String freeMac(String networkId) {
        String mac = MacAddress.random(engine.random());
        while (byMac.contains(networkId + "/" + mac)) {
            mac = MacAddress.random(engine.random());
        }
        return mac;
    }

    private String free(String networkId, String mac) {
        if (byMac.contains(networkId + "/" + mac)
                || faults.take(Fault.MacTaken.class, mac).isPresent()) {
            throw Refused.conflict(
                    "MacAddressInUse",
                    "Unable to complete operation for network " + networkId + ". The mac address " + mac
                            + " is in use.");
        }
        return mac;
    }

    static void requireMember(Caller caller, String rule) {
        if (!caller.mayChange()) {
            throw Refused.forbidden("rule:" + rule + " is disallowed by policy");
        }
    }

    static Refused notFound(String id) {
        return Refused.notFound("PortNotFound", "Port " + id + " could not be found.");
    }

    private static Map<String, Integer> defaultLimits() {
        Map<String, Integer> limits = new LinkedHashMap<>();
        limits.put("network", 100);
        limits.put("subnet", 100);
        limits.put("subnetpool", Quotas.UNLIMITED);
        limits.put("port", 500);
        limits.put("router", 10);
        limits.put("floatingip", 50);
        limits.put("rbac_policy", 10);
        limits.put("security_group", 10);
        limits.put("security_group_rule", 100);
        return limits;
    }
}
