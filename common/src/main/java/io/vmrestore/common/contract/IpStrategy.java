package io.vmrestore.common.contract;

/** What a restored network interface does about the original's IP addresses. */
public enum IpStrategy {
    /** Asks for no address; the network assigns one. */
    NEW_IPS,
    /** Asks for the original addresses and takes assigned ones if they are not to be had. */
    TRY_SAME_IPS,
    /** Asks for the original addresses and fails if they are not to be had. */
    SAME_IPS_OR_FAIL
}
