package io.vmrestore.simulator.cloud.compute;

import org.jspecify.annotations.Nullable;

/**
 * A network card of a server.
 *
 * @param portId null until Nova made the port
 * @param fixedIp an address that Nova was asked to choose for the port it makes
 * @param madeByNova the port is deleted with the server; one that was made before survives it
 */
public record Nic(
        @Nullable String networkId,
        @Nullable String portId,
        @Nullable String fixedIp,
        boolean madeByNova) {

    public static Nic ofPort(String portId) {
        return new Nic(null, portId, null, false);
    }

    public static Nic onNetwork(String networkId, @Nullable String fixedIp) {
        return new Nic(networkId, null, fixedIp, true);
    }

    Nic plugged(String newPortId) {
        return new Nic(networkId, newPortId, fixedIp, madeByNova);
    }
}
