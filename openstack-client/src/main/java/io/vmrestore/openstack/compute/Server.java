package io.vmrestore.openstack.compute;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server (VM) as it is.
 *
 * @param id its id
 * @param name its name
 * @param status {@code BUILD}, {@code ACTIVE}, {@code SHUTOFF}, {@code ERROR}, {@code DELETED}, {@code SOFT_DELETED}...
 * @param taskState what is being done to it ({@code spawning}, {@code deleting}...); null if nothing
 * @param projectId the owning project
 * @param userId the user who made it and whose key pairs it may name
 * @param flavor its flavor as remembered
 * @param keyName its key pair; null if none
 * @param metadata its metadata
 * @param tags its tags
 * @param description its description; null if none
 * @param availabilityZone its zone; empty before it reached a host
 * @param configDrive whether it has a config drive
 * @param rootDeviceName device of the root disk, such as {@code /dev/vda} or {@code vda}; null if not told, which needs
 *     the admin role
 * @param userData base64 as given to Nova, empty if none; null if not told, which needs the admin role. It may hold
 *     passwords
 * @param adminView whether the answer had the attributes for admins only; if not, a null root device or user_data says
 *     nothing
 * @param imageId the image that is told of it; null if none. One that boots from a volume may have one all the same
 * @param nics its NICs in order; empty while it is built
 * @param securityGroups names of its security groups
 * @param volumes the attached volumes, without devices
 * @param locked whether it is locked: a delete answers 409
 * @param hostStatus {@code UP}, {@code DOWN}, {@code MAINTENANCE}, {@code UNKNOWN}; empty if it is on no host; null if
 *     not told
 * @param host the host it is on; null if it is on none or unless the admin role asked
 * @param serverGroupIds its server group, if any; null if not told: before compute 2.71, and in lists
 * @param faultMessage why it is in ERROR; null if it is not
 * @param createdAt when it was made; null if not told, or not as a time
 * @param launchedAt when it last ran; null if it never did
 * @param accessIpv4 the address under which it is said to be reachable; null if none is given
 * @param accessIpv6 the same for IPv6
 * @param hostname its host name; null unless the admin role asked
 * @param others what else is set, by Nova's names; see {@link io.vmrestore.openstack.transport.Json#others}
 */
public record Server(
        String id,
        String name,
        String status,
        @Nullable String taskState,
        String projectId,
        String userId,
        ServerFlavor flavor,
        @Nullable String keyName,
        Map<String, String> metadata,
        List<String> tags,
        @Nullable String description,
        String availabilityZone,
        boolean configDrive,
        @Nullable String rootDeviceName,
        @Nullable String userData,
        boolean adminView,
        @Nullable String imageId,
        List<Nic> nics,
        List<String> securityGroups,
        List<VolumeAttachment> volumes,
        boolean locked,
        @Nullable String hostStatus,
        @Nullable String host,
        @Nullable List<String> serverGroupIds,
        @Nullable String faultMessage,
        @Nullable Instant createdAt,
        @Nullable Instant launchedAt,
        @Nullable String accessIpv4,
        @Nullable String accessIpv6,
        @Nullable String hostname,
        Map<String, String> others) {

    /** Keeps its own copies. */
    public Server {
        metadata = Map.copyOf(metadata);
        tags = List.copyOf(tags);
        nics = List.copyOf(nics);
        securityGroups = List.copyOf(securityGroups);
        volumes = List.copyOf(volumes);
        serverGroupIds = serverGroupIds == null ? null : List.copyOf(serverGroupIds);
        others = Map.copyOf(others);
    }

    /** Running, and nothing is being done to it. ACTIVE with a task (a DELETE during spawning) is not settled. */
    public boolean active() {
        return "ACTIVE".equals(status) && taskState == null;
    }

    /** In ERROR; {@link #faultMessage()} tells why. */
    public boolean failed() {
        return "ERROR".equals(status);
    }

    /** Shows everything but the user_data, of which only its presence. */
    @Override
    public String toString() {
        return "Server[id=%s, name=%s, status=%s, taskState=%s, projectId=%s, userData=%s]"
                .formatted(
                        id,
                        name,
                        status,
                        taskState,
                        projectId,
                        userData == null || userData.isEmpty() ? "none" : "present");
    }
}
