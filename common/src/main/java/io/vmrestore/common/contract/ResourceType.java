package io.vmrestore.common.contract;

/** The kinds of cloud resource that a restore makes. */
public enum ResourceType {
    SERVER,
    VOLUME,
    PORT,
    KEY_PAIR
}
