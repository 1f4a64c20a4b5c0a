package io.vmrestore.simulator.cloud.network;

import org.jspecify.annotations.Nullable;

/** A further address that may send through a port; without a MAC it is the port's own. */
public record AddressPair(@Nullable String macAddress, String ipAddress) {}
