package io.vmrestore.common.contract;

import org.jspecify.annotations.Nullable;

/** A further address that a port may send from. */
public record AddressPair(String ipAddress, @Nullable String macAddress) {}
