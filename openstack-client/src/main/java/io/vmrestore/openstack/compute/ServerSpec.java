package io.vmrestore.openstack.compute;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server to be made, booting from a volume, on ports that exist. Its security groups are those of the ports.
 *
 * @param name its name
 * @param flavorId its flavor
 * @param bootVolumeId the volume it boots from; never deleted with it
 * @param portIds its ports in NIC order; empty for a server without network
 * @param keyName key pair of the acting user; null for none
 * @param metadata its metadata, the mark of its maker included
 * @param tags its tags, likewise
 * @param description its description; null for none
 * @param availabilityZone its zone; null: Nova chooses
 * @param configDrive whether it gets a config drive
 * @param userData base64, at most 65,535 characters; null for none
 * @param serverGroupId the server group to be scheduled with; null for none
 * @param accessIpv4 the address under which it is said to be reachable; null for none
 * @param accessIpv6 the same for IPv6
 * @param deviceTags device tags of its ports and of its boot volume, by their ids
 */
public record ServerSpec(
        String name,
        String flavorId,
        String bootVolumeId,
        List<String> portIds,
        @Nullable String keyName,
        Map<String, String> metadata,
        List<String> tags,
        @Nullable String description,
        @Nullable String availabilityZone,
        boolean configDrive,
        @Nullable String userData,
        @Nullable String serverGroupId,
        @Nullable String accessIpv4,
        @Nullable String accessIpv6,
        Map<String, String> deviceTags) {

    /** A server without an address under which it is said to be reachable. */
    public ServerSpec(
            String name,
            String flavorId,
            String bootVolumeId,
            List<String> portIds,
            @Nullable String keyName,
            Map<String, String> metadata,
            List<String> tags,
            @Nullable String description,
            @Nullable String availabilityZone,
            boolean configDrive,
            @Nullable String userData,
            @Nullable String serverGroupId) {
        this(
                name,
                flavorId,
                bootVolumeId,
                portIds,
                keyName,
                metadata,
                tags,
                description,
                availabilityZone,
                configDrive,
                userData,
                serverGroupId,
                null,
                null,
                Map.of());
    }

    /** Keeps its own copies. */
    public ServerSpec {
        portIds = List.copyOf(portIds);
        metadata = Map.copyOf(metadata);
        tags = List.copyOf(tags);
        deviceTags = Map.copyOf(deviceTags);
    }

    /** Shows everything but the user_data, which may hold passwords. */
    @Override
    public String toString() {
        return "ServerSpec[name=%s, flavorId=%s, bootVolumeId=%s, portIds=%s, userData=%s]"
                .formatted(name, flavorId, bootVolumeId, portIds, userData == null ? "none" : "present");
    }
}
