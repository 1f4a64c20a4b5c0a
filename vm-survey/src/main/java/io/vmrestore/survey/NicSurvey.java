package io.vmrestore.survey;

import io.vmrestore.common.contract.AddressPair;
import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.compute.Nic;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.network.FloatingIp;
import io.vmrestore.openstack.network.Network;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.network.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The interfaces of a VM in the order of the guest, with their networks. */
record NicSurvey(
        List<NicPlan> nics, List<Port> ports, List<String> lost, List<String> untold, Map<String, Subnet> subnets) {
    private static final String NETWORK = "network";

    /** Reads the networks and floating IPs of the ports, all at the same time. */
    static NicSurvey of(Networking neutron, Absence absence, Reads reads, Server server, List<Port> unordered)
            throws InterruptedException {
        List<String> guestOrder =
                server.nics().stream().map(nic -> lower(nic.macAddress())).toList();
        List<Port> ports = inGuestOrder(unordered, guestOrder);
        Map<String, Reads.Read<Presence<Network>>> networks = new HashMap<>();
        Map<String, Reads.Read<List<Subnet>>> subnets = new HashMap<>();
        List<Reads.Read<Presence<Network>>> networkOfPort = new ArrayList<>();
        List<Reads.Read<Optional<List<FloatingIp>>>> floating = new ArrayList<>();
        for (Port port : ports) {
            networkOfPort.add(networks.computeIfAbsent(
                    port.networkId(), network -> reads.start(NETWORK, () -> absence.network(network))));
            subnets.computeIfAbsent(port.networkId(), network -> reads.start(NETWORK, () -> neutron.subnets(network)));
            floating.add(reads.start(NETWORK, () -> neutron.floatingIpsOf(port.id())));
        }
        List<NicPlan> nics = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        for (int index = 0; index < ports.size(); index++) {
            Port port = ports.get(index);
            Optional<List<FloatingIp>> told = floating.get(index).get();
            if (told.isEmpty()) {
                untold.add("The cloud does not tell whether floating IPs lead to interface " + index + " ("
                        + port.macAddress() + "); any that do are not restored");
            }
            nics.add(nic(index, port, existing(networkOfPort.get(index).get()), told.orElse(List.of())));
        }
        Map<String, Subnet> known = new HashMap<>();
        for (Reads.Read<List<Subnet>> ofNetwork : subnets.values()) {
            ofNetwork.get().forEach(subnet -> known.put(subnet.id(), subnet));
        }
        unlistedSubnets(absence, reads, nics, known);
        return new NicSurvey(nics, ports, lost(server, ports), untold, known);
    }

    /** Empty if it is gone; what is not certain refuses the restore for now. */
    private static <T> Optional<T> existing(Presence<T> presence) {
        return switch (presence) {
            case Presence.Present<T> present -> Optional.of(present.value());
            case Presence.Gone<T> _ -> Optional.empty();
            case Presence.Unknown<T> unknown -> throw SurveyException.uncertain(unknown.reason());
        };
    }

    /** A subnet that has an address of the VM and is not in the list is asked for by itself. */
    private static void unlistedSubnets(Absence absence, Reads reads, List<NicPlan> nics, Map<String, Subnet> known)
            throws InterruptedException {
        Map<String, Reads.Read<Presence<Subnet>>> asked = new HashMap<>();
        nics.stream()
                .flatMap(nic -> nic.originalIps().stream())
                .map(FixedIp::subnetId)
                .filter(subnet -> !known.containsKey(subnet))
                .forEach(subnet -> asked.computeIfAbsent(subnet, id -> reads.start(NETWORK, () -> absence.subnet(id))));
        for (Reads.Read<Presence<Subnet>> subnet : asked.values()) {
            existing(subnet.get()).ifPresent(found -> known.put(found.id(), found));
        }
    }

    /** By the MACs of the server; a port without address is not among them and comes last, in the order of making. */
    private static List<Port> inGuestOrder(List<Port> ports, List<String> guestOrder) {
        return ports.stream()
                .sorted(Comparator.comparingInt((Port port) -> {
                            int position = guestOrder.indexOf(lower(port.macAddress()));
                            return position < 0 ? Integer.MAX_VALUE : position;
                        })
                        .thenComparing(Port::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(Port::id))
                .toList();
    }

    private static List<String> lost(Server server, List<Port> ports) {
        List<String> present =
                ports.stream().map(port -> lower(port.macAddress())).toList();
        return server.nics().stream()
                .filter(nic -> !present.contains(lower(nic.macAddress())))
                .map(NicSurvey::describe)
                .toList();
    }

    private static String describe(Nic nic) {
        return nic.macAddress() + " on network " + ForeignText.quoted(nic.networkName()) + " ("
                + String.join(", ", nic.fixedIps()) + ")";
    }

    private static NicPlan nic(int index, Port port, Optional<Network> network, List<FloatingIp> floating) {
        return new NicPlan(
                index,
                port.networkId(),
                network.map(Network::name).orElse(null),
                port.id(),
                port.name(),
                port.macAddress(),
                addresses(port),
                List.of(),
                port.securityGroupIds(),
                port.portSecurityEnabled(),
                port.allowedAddressPairs().stream()
                        .map(pair -> new AddressPair(pair.ipAddress(), pair.macAddress()))
                        .toList(),
                port.dnsName() == null || port.dnsName().isEmpty() ? null : port.dnsName(),
                port.qosPolicyId(),
                port.tags(),
                floating.stream().map(FloatingIp::address).sorted().toList(),
                floatingTargets(floating));
    }

    private static Map<String, String> floatingTargets(List<FloatingIp> floating) {
        Map<String, String> targets = new TreeMap<>();
        for (FloatingIp ip : floating) {
            if (ip.fixedIp() != null) {
                targets.put(ip.address(), ip.fixedIp());
            }
        }
        return targets;
    }

    private static List<FixedIp> addresses(Port port) {
        List<FixedIp> addresses = new ArrayList<>();
        for (io.vmrestore.openstack.network.FixedIp ip : port.fixedIps()) {
            if (ip.subnetId() != null && ip.ipAddress() != null) {
                addresses.add(new FixedIp(ip.subnetId(), ip.ipAddress()));
            }
        }
        return addresses;
    }

    private static String lower(String mac) {
        return mac.toLowerCase(Locale.ROOT);
    }
}
