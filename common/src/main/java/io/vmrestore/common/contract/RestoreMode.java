package io.vmrestore.common.contract;

/** Where the restored VM goes: beside the original, or in its place. */
public enum RestoreMode {
    NEW,
    REPLACE
}
