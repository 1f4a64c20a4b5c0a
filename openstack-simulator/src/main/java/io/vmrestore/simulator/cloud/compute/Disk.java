package io.vmrestore.simulator.cloud.compute;

import org.jspecify.annotations.Nullable;

/**
 * A volume that is, or is to become, a disk of a server.
 *
 * @param id of Nova's block device mapping
 * @param source what the volume is
 * @param sourceId of the volume, snapshot or image
 * @param volumeId null until Nova made the volume
 * @param size in GiB of a volume that Nova makes; null: its source's
 * @param device null until the server reached a host
 */
public record Disk(
        String id,
        Source source,
        @Nullable String sourceId,
        @Nullable String volumeId,
        @Nullable Integer size,
        boolean boot,
        boolean deleteOnTermination,
        @Nullable String device,
        @Nullable String tag) {

    /** Where the disk's content comes from. */
    public enum Source {
        VOLUME,
        SNAPSHOT,
        IMAGE,
        BLANK
    }

    Disk as(@Nullable String newVolumeId, String newDevice) {
        return new Disk(id, source, sourceId, newVolumeId, size, boot, deleteOnTermination, newDevice, tag);
    }
}
