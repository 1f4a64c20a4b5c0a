package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.FloatingIp;
import io.vmrestore.simulator.cloud.network.IpAddress;
import io.vmrestore.simulator.cloud.network.Network;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.web.Json;
import java.util.Comparator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A server's addresses as JSON, fixed and floating ones. */
final class ServerAddresses {
    private final Cloud cloud;

    ServerAddresses(Cloud cloud) {
        this.cloud = cloud;
    }

    /** Addresses by network name. Within a network they are in no useful order, but cards come in the guest's. */
    ObjectNode of(Server server, boolean withMac) {
        ObjectNode addresses = Json.object();
        if (!server.state().active()) {
            return addresses;
        }
        for (Nic nic : server.state().nics()) {
            cloud.ports()
                    .find(nic.portId())
                    .filter(port -> port.deviceId().equals(server.id()))
                    .ifPresent(port -> addPort(addresses, port, withMac));
        }
        return addresses;
    }

    private void addPort(ObjectNode addresses, Port port, boolean withMac) {
        String network =
                cloud.networks().find(port.networkId()).map(Network::name).orElse(port.networkId());
        ArrayNode list = addresses.get(network) instanceof ArrayNode known ? known : addresses.putArray(network);
        port.fixedIps().stream().sorted(Comparator.comparing(FixedIp::subnetId)).forEach(ip -> {
            ObjectNode address = Json.object()
                    .put("version", IpAddress.of(ip.ipAddress()).version())
                    .put("addr", ip.ipAddress());
            if (withMac) {
                address.put("OS-EXT-IPS:type", "fixed").put("OS-EXT-IPS-MAC:mac_addr", port.macAddress());
            }
            list.add(address);
        });
        cloud.floatingIps().ofPort(port.id()).forEach(ip -> list.add(floating(ip, port, withMac)));
    }

    private static ObjectNode floating(FloatingIp ip, Port port, boolean withMac) {
        ObjectNode address = Json.object().put("version", 4).put("addr", ip.address());
        return withMac
                ? address.put("OS-EXT-IPS:type", "floating").put("OS-EXT-IPS-MAC:mac_addr", port.macAddress())
                : address;
    }
}
