package io.vmrestore.simulator.cloud.network;

/** An address that a port holds. */
public record FixedIp(String subnetId, String ipAddress) {
    String key() {
        return subnetId + "/" + ipAddress;
    }
}
