package io.vmrestore.openstack.volume;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume to be made of a snapshot.
 *
 * @param name its name
 * @param snapshotId the snapshot
 * @param size in GiB, at least the snapshot's; null: the snapshot's
 * @param type the volume type; null: the source's. Cinder refuses any other than the source's
 * @param availabilityZone the zone; null: the snapshot's
 * @param description its description; null for none
 * @param metadata its metadata, the mark of its maker included
 */
public record VolumeSpec(
        String name,
        String snapshotId,
        @Nullable Integer size,
        @Nullable String type,
        @Nullable String availabilityZone,
        @Nullable String description,
        Map<String, String> metadata) {

    /** Keeps its own copy of the metadata. */
    public VolumeSpec {
        metadata = Map.copyOf(metadata);
    }
}
