package io.vmrestore.openstack.network;

import org.jspecify.annotations.Nullable;

/**
 * An address beyond its own that a port may send from (virtual IPs).
 *
 * @param ipAddress address or CIDR
 * @param macAddress the MAC; null: the port's own
 */
public record AddressPair(String ipAddress, @Nullable String macAddress) {}
