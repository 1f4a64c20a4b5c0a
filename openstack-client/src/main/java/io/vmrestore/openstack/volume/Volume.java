package io.vmrestore.openstack.volume;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume.
 *
 * @param id its id
 * @param name its name; empty if it has none
 * @param status {@code creating}, {@code available}, {@code reserved}, {@code attaching}, {@code in-use},
 *     {@code deleting}, {@code error}, {@code error_deleting}...; {@code unknown} if not told
 * @param bootable whether a server can boot from it; may turn true after the status became available
 * @param size in GiB
 * @param type its volume type; null if it has none
 * @param availabilityZone its zone; null while no backend is chosen
 * @param metadata its metadata
 * @param imageMetadata the image properties it carries (hw_*, os_*), which the guest may need to boot
 * @param projectId the owning project; null in the answer to a create, which does not tell
 * @param snapshotId the snapshot it was made of; null if of none
 * @param attachments which servers hold it
 * @param description its description; null if none
 * @param others what else is set, by Cinder's names; see {@link io.vmrestore.openstack.transport.Json#others}
 * @param createdAt when it was made, in full seconds as Cinder keeps it; null if not told, or not as a time
 * @param userId the user who made it; null if the answer does not tell
 */
public record Volume(
        String id,
        String name,
        String status,
        boolean bootable,
        int size,
        @Nullable String type,
        @Nullable String availabilityZone,
        Map<String, String> metadata,
        Map<String, String> imageMetadata,
        @Nullable String projectId,
        @Nullable String snapshotId,
        List<Attachment> attachments,
        @Nullable String description,
        Map<String, String> others,
        @Nullable Instant createdAt,
        @Nullable String userId) {

    /** Keeps its own copies. */
    public Volume {
        metadata = Map.copyOf(metadata);
        imageMetadata = Map.copyOf(imageMetadata);
        attachments = List.copyOf(attachments);
        others = Map.copyOf(others);
    }

    /**
     * A server that holds the volume.
     *
     * @param serverId the server
     * @param device its device name there; null if not yet known
     */
    public record Attachment(String serverId, @Nullable String device) {}

    /** Whether the volume is free. */
    public boolean available() {
        return "available".equals(status);
    }

    /** Whether it ended in one of the error states. */
    public boolean failed() {
        return status.startsWith("error");
    }
}
