package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A port.
 *
 * @param host the compute host it is bound to; null: unbound
 * @param revision grows by one with every change
 */
public record Port(
        String id,
        String projectId,
        String networkId,
        String macAddress,
        PortSettings settings,
        List<FixedIp> fixedIps,
        String deviceId,
        String deviceOwner,
        @Nullable String host,
        Set<String> tags,
        int revision,
        Instant createdAt,
        Instant updatedAt)
        implements Resource {

    public boolean isFree() {
        return deviceId.isEmpty();
    }

    public boolean isActive() {
        return host != null;
    }

    Port with(PortSettings newSettings, List<FixedIp> newFixedIps, Instant at) {
        return new Port(
                id,
                projectId,
                networkId,
                macAddress,
                newSettings,
                newFixedIps,
                deviceId,
                deviceOwner,
                host,
                tags,
                revision + 1,
                createdAt,
                at);
    }

    Port onDevice(String newDeviceId, String newDeviceOwner, @Nullable String newHost, Instant at) {
        return new Port(
                id,
                projectId,
                networkId,
                macAddress,
                settings,
                fixedIps,
                newDeviceId,
                newDeviceOwner,
                newHost,
                tags,
                revision + 1,
                createdAt,
                at);
    }

    Port tagged(Set<String> newTags, Instant at) {
        return new Port(
                id,
                projectId,
                networkId,
                macAddress,
                settings,
                fixedIps,
                deviceId,
                deviceOwner,
                host,
                newTags,
                revision + 1,
                createdAt,
                at);
    }
}
