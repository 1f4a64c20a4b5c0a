package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.image.Image;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out what a new volume inherits from the snapshot, volume or image it is made of, with Cinder's checks. */
final class VolumeSources {
    private final Volumes volumes;
    private final Snapshots snapshots;
    private final Table<VolumeType> types;
    private final Table<Image> images;

    VolumeSources(Volumes volumes, Snapshots snapshots, Table<VolumeType> types, Table<Image> images) {
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.types = types;
        this.images = images;
    }

    record Source(
            int size, String type, String availabilityZone, boolean bootable, Map<String, String> imageMetadata) {}

    Source resolve(Caller caller, VolumeRequest request) {
        long named = Stream.of(request.snapshotId(), request.sourceVolumeId(), request.imageId())
                .filter(Objects::nonNull)
                .count();
        if (named > 1) {
            throw Refused.badRequest(
                    "Invalid input received: May specify only one of backup, imageRef, snapshot, source volume");
        }
        @Nullable String zone = request.availabilityZone();
        if (zone != null && !zone.equals(Volumes.ZONE)) {
            throw Refused.badRequest("Availability zone '" + zone + "' is invalid.");
        }
        @Nullable
        String type = request.type() == null ? null : type(request.type()).name();
        if (request.snapshotId() != null) {
            return ofSnapshot(caller, request, request.snapshotId(), type);
        }
        if (request.sourceVolumeId() != null) {
            return ofVolume(volumes.visible(caller, request.sourceVolumeId()), request, type);
        }
        String effective = type == null ? VolumeType.DEFAULT : type;
        if (request.imageId() != null) {
            return new Source(size(request), effective, Volumes.ZONE, true, imageMetadata(image(request.imageId())));
        }
        return new Source(size(request), effective, Volumes.ZONE, false, Map.of());
    }

    private Source ofSnapshot(Caller caller, VolumeRequest request, String snapshotId, @Nullable String type) {
        Snapshot snapshot = snapshots.visible(caller, snapshotId);
        if (snapshot.status() != VolumeStatus.AVAILABLE) {
            throw Refused.badRequest("Invalid snapshot: Originating snapshot status must be one of 'available' values");
        }
        Snapshot.Content content = snapshot.content();
        int size = request.size() == null ? snapshot.size() : request.size();
        if (size < snapshot.size()) {
            throw Refused.badRequest("Invalid input received: Volume size '" + size
                    + "'GB cannot be smaller than the snapshot size " + snapshot.size()
                    + "GB. They must be >= original snapshot size.");
        }
        return new Source(
                size,
                sameType(type, content.type()),
                content.availabilityZone(),
                content.bootable(),
                content.imageMetadata());
    }

    private Source ofVolume(Volume source, VolumeRequest request, @Nullable String type) {
        int size = request.size() == null ? source.spec().size() : request.size();
        if (size < source.spec().size()) {
            throw Refused.badRequest("Invalid input received: Volume size '" + size
                    + "'GB cannot be smaller than original volume size "
                    + source.spec().size()
                    + "GB. They must be >= original volume size.");
        }
        return new Source(
                size,
                sameType(type, source.spec().type()),
                source.spec().availabilityZone(),
                source.state().bootable(),
                source.spec().imageMetadata());
    }

    private String sameType(@Nullable String wanted, String inherited) {
        if (wanted != null && !wanted.equals(inherited)) {
            throw Refused.badRequest("Invalid input received: Invalid volume_type provided: "
                    + type(wanted).id()
                    + " (requested type is not compatible; recommend omitting the type argument).");
        }
        return inherited;
    }

    private VolumeType type(String nameOrId) {
        return types.stream()
                .filter(type -> type.name().equals(nameOrId) || type.id().equals(nameOrId))
                .findFirst()
                .orElseThrow(() -> Refused.notFound("Volume type with name " + nameOrId + " could not be found."));
    }

    private Image image(String id) {
        return images.find(id)
                .orElseThrow(() -> Refused.badRequest(
                        "Invalid input received: Invalid image identifier or unable to access" + " requested image."));
    }

    private static int size(VolumeRequest request) {
        if (request.size() == null) {
            throw Refused.badRequest(
                    "Invalid input received: Volume size 'None' must be an integer and greater than 0");
        }
        return request.size();
    }

    private static Map<String, String> imageMetadata(Image image) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("signature_verified", "False");
        metadata.put("image_id", image.id());
        metadata.put("image_name", image.name());
        metadata.putAll(image.properties());
        return metadata;
    }
}
