package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Resource;
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

    /** With what is not null. */
    Snapshot with(
            @Nullable String newName, @Nullable String newDescription, @Nullable Map<String, String> newMetadata) {
        return new Snapshot(
                id,
                owner,
                volumeId,
                newName == null ? name : newName,
                newDescription == null ? description : newDescription,
                size,
                status,
                newMetadata == null ? metadata : Map.copyOf(newMetadata),
                content,
                createdAt,
                updatedAt);
    }

    Snapshot with(VolumeStatus newStatus, Instant at) {
        return new Snapshot(id, owner, volumeId, name, description, size, newStatus, metadata, content, createdAt, at);
    }
}
