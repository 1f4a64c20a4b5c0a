package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.cloud.volume.Snapshot;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeAttachment;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.cloud.volume.VolumeType;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Timestamps;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cinder's resources as JSON, by microversion and role. */
final class VolumeViews {
    private static final String SERVICE = "58c82994-f4ad-474b-8951-7b7ebcf5c513";

    private VolumeViews() {}

    static ObjectNode summary(Call call, Volume volume) {
        ObjectNode view =
                Json.object().put("id", volume.id()).put("name", volume.spec().name());
        view.set("links", links(call, volume));
        return view;
    }

    /** The volume as POST and PUT answer: without what the extensions add. */
    static ObjectNode core(Call call, Volume volume, String createdAt, VolumeType type) {
        ObjectNode view = Json.object()
                .put("id", volume.id())
                .put("status", volume.status().text())
                .put("size", volume.spec().size())
                .put("availability_zone", volume.spec().availabilityZone())
                .put("created_at", createdAt)
                .put("updated_at", Timestamps.stored(volume.updatedAt()))
                .put("name", volume.spec().name())
                .put("description", volume.spec().description())
                .put("volume_type", volume.spec().type())
                .put("snapshot_id", volume.spec().snapshotId())
                .put("source_volid", volume.spec().sourceVolumeId());
        view.set("metadata", Json.strings(volume.spec().metadata()));
        view.set("links", links(call, volume));
        view.put("user_id", volume.owner().userId())
                .put("bootable", String.valueOf(volume.state().bootable()))
                .put("encrypted", false)
                .putNull("replication_status")
                .putNull("consistencygroup_id")
                .put("multiattach", false);
        view.set("attachments", attachments(call, volume));
        if (call.caller().isAdmin()) {
            view.putNull("migration_status");
        }
        addByVersion(call, view, type);
        return view;
    }

    static ObjectNode full(Call call, Volume volume, VolumeType type) {
        String createdAt = Timestamps.stored(volume.createdAt());
        ObjectNode view = core(call, volume, createdAt == null ? "" : createdAt, type);
        view.put("os-vol-tenant-attr:tenant_id", volume.projectId());
        if (call.caller().isAdmin()) {
            view.putNull("os-vol-mig-status-attr:migstat")
                    .putNull("os-vol-mig-status-attr:name_id")
                    .put("os-vol-host-attr:host", volume.state().host());
        }
        boolean copied = !volume.is(VolumeStatus.CREATING) && volume.state().host() != null;
        if (copied && !volume.spec().imageMetadata().isEmpty()) {
            view.set("volume_image_metadata", Json.strings(volume.spec().imageMetadata()));
        }
        return view;
    }

    static ObjectNode snapshot(Call call, Snapshot snapshot, String createdAt) {
        ObjectNode view = Json.object()
                .put("id", snapshot.id())
                .put("created_at", createdAt)
                .put("updated_at", Timestamps.stored(snapshot.updatedAt()))
                .put("name", snapshot.name())
                .put("description", snapshot.description())
                .put("volume_id", snapshot.volumeId())
                .put("status", snapshot.status().text())
                .put("size", snapshot.size());
        view.set("metadata", Json.strings(snapshot.metadata()));
        if (call.version().atLeast(14)) {
            view.putNull("group_snapshot_id");
        }
        if (call.version().atLeast(41)) {
            view.put("user_id", snapshot.owner().userId());
        }
        if (call.version().atLeast(65)) {
            view.put("consumes_quota", true);
        }
        return view;
    }

    static ObjectNode snapshot(Call call, Snapshot snapshot) {
        String createdAt = Timestamps.stored(snapshot.createdAt());
        return snapshot(call, snapshot, createdAt == null ? "" : createdAt);
    }

    static ObjectNode fullSnapshot(Call call, Snapshot snapshot) {
        String progress = snapshot.status() == VolumeStatus.CREATING ? "0%" : "100%";
        return snapshot(call, snapshot)
                .put("os-extended-snapshot-attributes:project_id", snapshot.projectId())
                .put("os-extended-snapshot-attributes:progress", progress);
    }

    static ArrayNode links(Call call, Volume volume) {
        String path = "/" + call.caller().projectId() + "/volumes/" + volume.id();
        return Json.array()
                .add(Json.link("self", call.base() + "/volume/v3" + path))
                .add(Json.link("bookmark", call.base() + "/volume" + path));
    }

    private static ArrayNode attachments(Call call, Volume volume) {
        ArrayNode array = Json.array();
        for (VolumeAttachment attachment : volume.state().attachments()) {
            array.add(Json.object()
                    .put("id", volume.id())
                    .put("attachment_id", attachment.id())
                    .put("volume_id", volume.id())
                    .put("server_id", attachment.serverId())
                    .put("host_name", call.caller().isAdmin() ? attachment.host() : null)
                    .put("device", attachment.device())
                    .put("attached_at", Timestamps.stored(attachment.attachedAt())));
        }
        return array;
    }

    private static void addByVersion(Call call, ObjectNode view, VolumeType type) {
        boolean admin = call.caller().isAdmin();
        if (call.version().atLeast(13)) {
            view.putNull("group_id");
        }
        if (call.version().atLeast(21) && admin) {
            view.putNull("provider_id");
        }
        if (call.version().atLeast(48)) {
            view.put("shared_targets", false).put("service_uuid", SERVICE);
        }
        if (call.version().atLeast(61) && admin) {
            view.putNull("cluster_name");
        }
        if (call.version().atLeast(63)) {
            view.put("volume_type_id", type.id());
        }
        if (call.version().atLeast(65)) {
            view.put("consumes_quota", true);
        }
    }
}
