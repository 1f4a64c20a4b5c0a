package io.vmrestore.openstack.network;

import org.jspecify.annotations.Nullable;

/**
 * A subnet.
 *
 * @param id its id
 * @param name its name
 * @param networkId its network
 * @param ipVersion 4 or 6
 * @param cidr its range
 * @param gatewayIp its gateway; null if it has none
 * @param dhcpEnabled whether its addresses are handed out by DHCP
 * @param ipv6AddressMode {@code slaac}, {@code dhcpv6-stateful}, {@code dhcpv6-stateless}; null for v4
 */
public record Subnet(
        String id,
        String name,
        String networkId,
        int ipVersion,
        String cidr,
        @Nullable String gatewayIp,
        boolean dhcpEnabled,
        @Nullable String ipv6AddressMode) {

    /** Whether addresses follow from the MAC and cannot be chosen. */
    public boolean addressesFollowMac() {
        return "slaac".equals(ipv6AddressMode) || "dhcpv6-stateless".equals(ipv6AddressMode);
    }
}
