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
        @Nullable String serverGroupId) {

    /** Keeps its own copies. */
    public ServerSpec {
        portIds = List.copyOf(portIds);
        metadata = Map.copyOf(metadata);
        tags = List.copyOf(tags);
    }

    /** Shows everything but the user_data, which may hold passwords. */
    @Override
    public String toString() {
        return "ServerSpec[name=%s, flavorId=%s, bootVolumeId=%s, portIds=%s, userData=%s]"
                .formatted(name, flavorId, bootVolumeId, portIds, userData == null ? "none" : "present");
    }
}
