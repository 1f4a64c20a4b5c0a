package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.cloud.Owner;
import io.vmrestore.simulator.cloud.Resource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot of a volume; it keeps what the volume was, so that a volume made of it boots as the first one did. */
public record Snapshot(
        String id,
        Owner owner,
        String volumeId,
        String name,
        @Nullable String description,
        int size,
        VolumeStatus status,
        Map<String, String> metadata,
        Content content,
        Instant createdAt,
        @Nullable Instant updatedAt)
        implements Resource {

    /** What of the volume a snapshot preserves. */
    public record Content(String type, String availabilityZone, boolean bootable, Map<String, String> imageMetadata) {}

    public String projectId() {
        return owner.projectId();
    }

    Snapshot with(VolumeStatus newStatus, Instant at) {
        return new Snapshot(id, owner, volumeId, name, description, size, newStatus, metadata, content, createdAt, at);
    }
}
