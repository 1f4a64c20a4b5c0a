package io.vmrestore.openstack.compute;

import java.util.List;

/**
 * One NIC as the server lists it: the order of a server's NICs is the order of these, not that of its ports. Nova
 * groups them by network name, so where two NICs of one network enclose one of another the true order is not told.
 *
 * @param networkName the network's name
 * @param macAddress its MAC
 * @param fixedIps its own addresses, v4 and v6
 * @param floatingIps the outside addresses that lead to it
 */
public record Nic(String networkName, String macAddress, List<String> fixedIps, List<String> floatingIps) {

    /** Keeps its own copies. */
    public Nic {
        fixedIps = List.copyOf(fixedIps);
        floatingIps = List.copyOf(floatingIps);
    }
}
