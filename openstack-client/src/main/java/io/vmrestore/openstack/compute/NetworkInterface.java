package io.vmrestore.openstack.compute;

import java.util.List;

/**
 * An attached port as Nova lists it ({@code os-interface}).
 *
 * @param portId the port
 * @param networkId its network
 * @param macAddress its MAC
 * @param state the port's status
 * @param ipAddresses its addresses
 */
public record NetworkInterface(
        String portId, String networkId, String macAddress, String state, List<String> ipAddresses) {

    /** Keeps its own copy. */
    public NetworkInterface {
        ipAddresses = List.copyOf(ipAddresses);
    }
}
