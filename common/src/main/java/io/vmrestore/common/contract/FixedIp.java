package io.vmrestore.common.contract;

/** One address of a port, with the subnet it belongs to. */
public record FixedIp(String subnetId, String ipAddress) {}
