package io.vmrestore.simulator.cloud.volume;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a volume was made as.
 *
 * @param size in GiB
 * @param type the name of its volume type
 * @param imageMetadata the image properties it carries (hw_*, os_* ...), which the guest needs to boot
 */
public record VolumeSpec(
        String name,
        @Nullable String description,
        int size,
        String type,
        String availabilityZone,
        @Nullable String snapshotId,
        @Nullable String sourceVolumeId,
        Map<String, String> metadata,
        Map<String, String> imageMetadata) {

    VolumeSpec named(String newName, @Nullable String newDescription) {
        return new VolumeSpec(
                newName,
                newDescription,
                size,
                type,
                availabilityZone,
                snapshotId,
                sourceVolumeId,
                metadata,
                imageMetadata);
    }

    VolumeSpec withSize(int newSize) {
        return new VolumeSpec(
                name,
                description,
                newSize,
                type,
                availabilityZone,
                snapshotId,
                sourceVolumeId,
                metadata,
                imageMetadata);
    }

    VolumeSpec withMetadata(Map<String, String> newMetadata) {
        return new VolumeSpec(
                name,
                description,
                size,
                type,
                availabilityZone,
                snapshotId,
                sourceVolumeId,
                newMetadata,
                imageMetadata);
    }

    VolumeSpec withImageMetadata(Map<String, String> newImageMetadata) {
        return new VolumeSpec(
                name,
                description,
                size,
                type,
                availabilityZone,
                snapshotId,
                sourceVolumeId,
                metadata,
                newImageMetadata);
    }
}
