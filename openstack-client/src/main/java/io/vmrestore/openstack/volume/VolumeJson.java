package io.vmrestore.openstack.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmrestore.openstack.transport.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cinder's JSON of volumes and snapshots, read and written. */
final class VolumeJson {

    /** What is read here, and what the cloud sets by itself or that follows from the volume type. */
    private static final Set<String> KNOWN = Set.of(
            "id",
            "name",
            "status",
            "bootable",
            "size",
            "volume_type",
            "volume_type_id",
            "availability_zone",
            "metadata",
            "volume_image_metadata",
            "os-vol-tenant-attr:tenant_id",
            "os-vol-host-attr:host",
            "os-vol-mig-status-attr:migstat",
            "os-vol-mig-status-attr:name_id",
            "snapshot_id",
            "source_volid",
            "attachments",
            "description",
            "created_at",
            "updated_at",
            "links",
            "user_id",
            "encrypted",
            "encryption_key_id",
            "replication_status",
            "migration_status",
            "multiattach",
            "provider_id",
            "service_uuid",
            "shared_targets",
            "cluster_name",
            "consumes_quota");

    private VolumeJson() {}

    static Volume read(JsonNode volume) {
        return new Volume(
                Json.required(volume, "id"),
                Json.text(volume, "name"),
                Json.textOr(volume, "status", "unknown"),
                Json.flag(volume, "bootable"),
                volume.path("size").asInt(),
                Json.textOrNull(volume, "volume_type"),
                Json.textOrNull(volume, "availability_zone"),
                Json.map(volume.path("metadata")),
                Json.map(volume.path("volume_image_metadata")),
                Json.textOrNull(volume, "os-vol-tenant-attr:tenant_id"),
                Json.textOrNull(volume, "snapshot_id"),
                Json.list(
                        volume.path("attachments"),
                        attachment -> new Volume.Attachment(
                                Json.text(attachment, "server_id"), Json.textOrNull(attachment, "device"))),
                Json.textOrNull(volume, "description"),
                Json.others(volume, KNOWN),
                inSeconds(Json.timeOrNull(volume, "created_at")),
                Json.textOrNull(volume, "user_id"));
    }

    /** The create's answer has microseconds, later ones have none: whoever compares must see the same. */
    private static @Nullable Instant inSeconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    static Snapshot readSnapshot(JsonNode snapshot) {
        return new Snapshot(
                Json.required(snapshot, "id"),
                Json.text(snapshot, "name"),
                Json.textOr(snapshot, "status", "unknown"),
                Json.intOrNull(snapshot, "size"),
                Json.text(snapshot, "volume_id"),
                Json.textOrNull(snapshot, "os-extended-snapshot-attributes:project_id"),
                Json.map(snapshot.path("metadata")),
                Json.timeOrNull(snapshot, "created_at"));
    }

    static ObjectNode write(VolumeSpec spec) {
        ObjectNode request = Json.object();
        ObjectNode volume = request.putObject("volume");
        volume.put("name", spec.name()).put("snapshot_id", spec.snapshotId());
        volume.set("metadata", Json.of(spec.metadata()));
        if (spec.size() != null) {
            volume.put("size", spec.size());
        }
        putIfPresent(volume, "volume_type", spec.type());
        putIfPresent(volume, "availability_zone", spec.availabilityZone());
        putIfPresent(volume, "description", spec.description());
        return request;
    }

    private static void putIfPresent(ObjectNode volume, String field, @Nullable String value) {
        if (value != null) {
            volume.put(field, value);
        }
    }
}
