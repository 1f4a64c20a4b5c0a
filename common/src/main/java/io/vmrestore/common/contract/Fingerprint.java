package io.vmrestore.common.contract;

/**
 * Digests of what a plan was computed from; execution compares them with the cloud's present state part by part.
 *
 * @param server lower-case hexadecimal SHA-256 over the VM's identity, size, key, groups and boot volume
 * @param restorePoint the same over the snapshot
 * @param ports the same over the VM's interfaces and addresses
 * @param networks the same over the networks and subnets of the interfaces
 */
public record Fingerprint(String server, String restorePoint, String ports, String networks) {}
