package io.vmrestore.simulator.cloud.volume;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A wish for a volume; size null: as large as its source. */
public record VolumeRequest(
        String name,
        @Nullable String description,
        @Nullable Integer size,
        @Nullable String snapshotId,
        @Nullable String sourceVolumeId,
        @Nullable String imageId,
        @Nullable String type,
        @Nullable String availabilityZone,
        Map<String, String> metadata) {

    /** An unnamed volume made of a snapshot, as Nova asks for one. */
    public static VolumeRequest ofSnapshot(String snapshotId, @Nullable Integer size) {
        return new VolumeRequest("", null, size, snapshotId, null, null, null, null, Map.of());
    }

    /** An unnamed volume made of an image, as Nova asks for one. */
    public static VolumeRequest ofImage(String imageId, int size) {
        return new VolumeRequest("", null, size, null, null, imageId, null, null, Map.of());
    }

    /** An unnamed empty volume. */
    public static VolumeRequest blank(int size) {
        return new VolumeRequest("", null, size, null, null, null, null, null, Map.of());
    }

    public VolumeRequest named(String newName) {
        return new VolumeRequest(
                newName, description, size, snapshotId, sourceVolumeId, imageId, type, availabilityZone, metadata);
    }

    public VolumeRequest withMetadata(Map<String, String> newMetadata) {
        return new VolumeRequest(
                name, description, size, snapshotId, sourceVolumeId, imageId, type, availabilityZone, newMetadata);
    }
}
