package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subnet with one allocation pool.
 *
 * @param ipv6Mode {@link #STATEFUL}, {@link #SLAAC} or null for IPv4
 */
public record Subnet(
        String id,
        String projectId,
        String networkId,
        String name,
        String cidr,
        String gateway,
        String poolStart,
        String poolEnd,
        @Nullable String ipv6Mode,
        Instant createdAt)
        implements Resource {
    public static final String STATEFUL = "dhcpv6-stateful";
    public static final String SLAAC = "slaac";

    public Cidr block() {
        return Cidr.of(cidr);
    }

    public int version() {
        return block().version();
    }

    /** Addresses follow from the MAC and cannot be chosen. */
    public boolean addressesFollowMac() {
        return SLAAC.equals(ipv6Mode);
    }

    /** The address that a card with this MAC gives itself here (EUI-64). */
    public Optional<IpAddress> slaacAddress(String mac) {
        return addressesFollowMac() ? Optional.of(block().first().plus(MacAddress.interfaceId(mac))) : Optional.empty();
    }
}
