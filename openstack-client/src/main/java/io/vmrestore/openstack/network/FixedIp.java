package io.vmrestore.openstack.network;

import org.jspecify.annotations.Nullable;

/**
 * One address of a port.
 *
 * @param subnetId its subnet; null in a request lets Neutron find it
 * @param ipAddress the address, v4 or v6; null in a request asks for any of the subnet
 */
public record FixedIp(@Nullable String subnetId, @Nullable String ipAddress) {}
