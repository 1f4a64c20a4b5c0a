package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An address of an external network that leads to a port.
 *
 * @param networkId the external network
 * @param portId null: it leads nowhere
 * @param fixedIp the port's address that it leads to
 * @param revision grows by one with every change
 */
public record FloatingIp(
        String id,
        String projectId,
        String networkId,
        String address,
        @Nullable String portId,
        @Nullable String fixedIp,
        int revision,
        Instant createdAt,
        Instant updatedAt)
        implements Resource {

    FloatingIp leadingTo(@Nullable String newPortId, @Nullable String newFixedIp, Instant at) {
        return new FloatingIp(id, projectId, networkId, address, newPortId, newFixedIp, revision + 1, createdAt, at);
    }
}
