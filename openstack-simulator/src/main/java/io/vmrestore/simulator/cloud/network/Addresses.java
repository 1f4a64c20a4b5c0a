package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.engine.Index;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives ports their addresses: the lowest free one of a pool, or the one that was asked for. */
final class Addresses {
    private static final int MAX_TRIES = 1 << 16;

    private final Index<Port> portsByAddress;
    private final Predicate<String> heldBack;
    private final Faults faults;
    private final Map<String, IpAddress> lastGiven = new HashMap<>();

    /** @param heldBack whether an address is taken though no port has it any more */
    Addresses(Index<Port> portsByAddress, Predicate<String> heldBack, Faults faults) {
        this.portsByAddress = portsByAddress;
        this.heldBack = heldBack;
        this.faults = faults;
    }

    /**
     * The addresses for a port.
     *
     * @param current the port whose addresses are to be changed; it may keep them
     * @throws Refused in Neutron's words: taken, outside, not to be chosen, none left
     */
    List<FixedIp> allocate(
            Network network,
            List<Subnet> subnets,
            @Nullable List<PortRequest.WantedIp> wanted,
            String mac,
            @Nullable Port current) {
        List<FixedIp> given = new ArrayList<>();
        if (wanted == null) {
            oneOfEachVersion(network, subnets, mac, given);
            return given;
        }
        for (PortRequest.WantedIp wish : wanted) {
            given.add(grant(network, subnets, wish, mac, current, given));
        }
        if (!wanted.isEmpty()) {
            addUninvited(subnets, mac, given);
        }
        return given;
    }

    private void oneOfEachVersion(Network network, List<Subnet> subnets, String mac, List<FixedIp> given) {
        for (int version : new int[] {4, 6}) {
            List<Subnet> candidates = subnets.stream()
                    .filter(subnet -> subnet.version() == version && !subnet.addressesFollowMac())
                    .toList();
            Optional<FixedIp> free = candidates.stream()
                    .flatMap(subnet -> nextFree(subnet, given).stream())
                    .findFirst();
            if (free.isEmpty() && !candidates.isEmpty()) {
                throw noneLeft(network);
            }
            free.ifPresent(given::add);
        }
        addUninvited(subnets, mac, given);
    }

    /** On a SLAAC subnet every port has an address, asked for or not. */
    private static void addUninvited(List<Subnet> subnets, String mac, List<FixedIp> given) {
        Set<String> covered = new HashSet<>();
        given.forEach(ip -> covered.add(ip.subnetId()));
        for (Subnet subnet : subnets) {
            if (!covered.contains(subnet.id())) {
                subnet.slaacAddress(mac).ifPresent(address -> given.add(new FixedIp(subnet.id(), address.toString())));
            }
        }
    }

    private FixedIp grant(
            Network network,
            List<Subnet> subnets,
            PortRequest.WantedIp wish,
            String mac,
            @Nullable Port current,
            List<FixedIp> given) {
        if (wish.ipAddress() == null) {
            Subnet subnet = find(subnets, wish.subnetId());
            return subnet.slaacAddress(mac)
                    .map(address -> new FixedIp(subnet.id(), address.toString()))
                    .or(() -> nextFree(subnet, given))
                    .orElseThrow(() -> noneLeft(network));
        }
        IpAddress address = IpAddress.of(wish.ipAddress());
        Subnet subnet = wish.subnetId() == null ? containing(subnets, address) : find(subnets, wish.subnetId());
        if (!subnet.block().assignable(address)) {
            throw Refused.badRequest(
                    "InvalidIpForSubnet", "IP address " + address + " is not a valid IP for the specified subnet.");
        }
        FixedIp ip = new FixedIp(subnet.id(), address.toString());
        boolean kept = current != null && current.fixedIps().contains(ip);
        if (subnet.addressesFollowMac() && !kept) {
            throw Refused.badRequest(
                    "AllocationOnAutoAddressSubnet",
                    "IPv6 address " + address + " cannot be directly assigned to a port on subnet " + subnet.id()
                            + " as the subnet is configured for automatic addresses");
        }
        boolean conflict =
                !kept && faults.take(Fault.AddressTaken.class, ip.ipAddress()).isPresent();
        if (conflict || (taken(ip) && !kept) || given.contains(ip)) {
            throw Refused.conflict(
                    "IpAddressAlreadyAllocated",
                    "IP address " + address + " already allocated in subnet " + subnet.id());
        }
        return ip;
    }

    private static Subnet find(List<Subnet> subnets, @Nullable String id) {
        return subnets.stream()
                .filter(subnet -> subnet.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refused.notFound("SubnetNotFound", "Subnet " + id + " could not be found."));
    }

    private static Subnet containing(List<Subnet> subnets, IpAddress address) {
        return subnets.stream()
                .filter(subnet -> subnet.block().assignable(address))
                .findFirst()
                .orElseThrow(() -> Refused.badRequest(
                        "InvalidIpForNetwork",
                        "IP address " + address
                                + " is not a valid IP for any of the subnets on the specified network."));
    }

    private Optional<FixedIp> nextFree(Subnet subnet, List<FixedIp> given) {
        IpAddress start = IpAddress.of(subnet.poolStart());
        IpAddress end = IpAddress.of(subnet.poolEnd());
        IpAddress candidate = lastGiven.getOrDefault(subnet.id(), start);
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            if (candidate.compareTo(end) > 0) {
                candidate = start;
            }
            FixedIp ip = new FixedIp(subnet.id(), candidate.toString());
            IpAddress next = candidate.plus(BigInteger.ONE);
            if (!taken(ip) && !given.contains(ip)) {
                lastGiven.put(subnet.id(), next);
                return Optional.of(ip);
            }
            if (tries > 0 && candidate.equals(lastGiven.getOrDefault(subnet.id(), start))) {
                return Optional.empty();
            }
            candidate = next;
        }
        return Optional.empty();
    }

    private boolean taken(FixedIp ip) {
        return portsByAddress.contains(ip.key()) || heldBack.test(ip.key());
    }

    private static Refused noneLeft(Network network) {
        return Refused.conflict(
                "IpAddressGenerationFailure", "No more IP addresses available on network " + network.id() + ".");
    }
}
