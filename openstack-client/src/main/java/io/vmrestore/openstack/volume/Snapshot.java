package io.vmrestore.openstack.volume;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume's snapshot.
 *
 * @param id its id
 * @param name its name; empty if it has none
 * @param status {@code available}, {@code creating}, {@code error}, {@code deleting}...; {@code unknown} if not told
 * @param size in GiB; a volume made of it cannot be smaller; null if not told
 * @param volumeId the volume it was taken of
 * @param projectId the owning project; null if the answer does not tell
 * @param metadata its metadata
 * @param createdAt when it was taken; null if not told, or not as a time
 */
public record Snapshot(
        String id,
        String name,
        String status,
        @Nullable Integer size,
        String volumeId,
        @Nullable String projectId,
        Map<String, String> metadata,
        @Nullable Instant createdAt) {

    /** Keeps its own copy of the metadata. */
    public Snapshot {
        metadata = Map.copyOf(metadata);
    }

    /** Whether a volume can be made of it now. */
    public boolean available() {
        return "available".equals(status);
    }
}
