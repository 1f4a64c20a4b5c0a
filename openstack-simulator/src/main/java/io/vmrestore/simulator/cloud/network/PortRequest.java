package io.vmrestore.simulator.cloud.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a port, or for a change of one; null means not mentioned.
 *
 * @param fixedIps not mentioned: one address of every subnet; empty: none
 */
public record PortRequest(
        @Nullable String networkId,
        @Nullable String projectId,
        @Nullable String name,
        @Nullable String description,
        @Nullable Boolean adminStateUp,
        @Nullable String macAddress,
        @Nullable List<WantedIp> fixedIps,
        @Nullable List<String> securityGroups,
        @Nullable List<AddressPair> allowedAddressPairs,
        @Nullable Boolean portSecurity,
        @Nullable String deviceId,
        @Nullable String deviceOwner,
        @Nullable String bindingHost) {

    /** A wanted address: of a subnet, exactly this one, or both. */
    public record WantedIp(
            @Nullable String subnetId, @Nullable String ipAddress) {}

    public PortRequest withSecurityGroups(@Nullable List<String> groups) {
        return new PortRequest(
                networkId,
                projectId,
                name,
                description,
                adminStateUp,
                macAddress,
                fixedIps,
                groups,
                allowedAddressPairs,
                portSecurity,
                deviceId,
                deviceOwner,
                bindingHost);
    }

    /** A port with addresses of the network's choice. */
    public static PortRequest on(String networkId) {
        return new PortRequest(networkId, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** A port on a network with a name and exactly these addresses. */
    public static PortRequest on(String networkId, String name, List<String> addresses, List<String> securityGroups) {
        List<WantedIp> wanted =
                addresses.stream().map(address -> new WantedIp(null, address)).toList();
        return new PortRequest(
                networkId, null, name, null, null, null, wanted, securityGroups, null, null, null, null, null);
    }
}
