package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.volume.Snapshot;
import io.vmrestore.simulator.cloud.volume.Snapshots;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import io.vmrestore.simulator.web.Timestamps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /snapshots}. */
final class SnapshotsApi {
    private static final int FORCE_IMPLIED_SINCE = 66;
    private static final int METADATA_FILTER_SINCE = 22;

    private static final Set<String> CHANGE = Set.of("name", "description", "display_name", "display_description");
    private static final Set<String> CREATION =
            Set.of("volume_id", "name", "description", "display_name", "display_description", "force", "metadata");

    private final Volumes volumes;
    private final Snapshots snapshots;
    private final VolumeLists<Snapshot> lists;

    SnapshotsApi(Cloud cloud) {
        this.volumes = cloud.volumes();
        this.snapshots = cloud.volumes().snapshots();
        Map<String, Function<Snapshot, @Nullable String>> fields = new LinkedHashMap<>();
        fields.put("id", Snapshot::id);
        fields.put("name", Snapshot::name);
        fields.put("display_name", Snapshot::name);
        fields.put("status", snapshot -> snapshot.status().text());
        fields.put("volume_id", Snapshot::volumeId);
        this.lists = new VolumeLists<>(
                "snapshots",
                fields,
                Snapshot::metadata,
                METADATA_FILTER_SINCE,
                Snapshot::id,
                Snapshot::projectId,
                Snapshot::createdAt,
                id -> Refused.notFound("Snapshot " + id + " could not be found."));
    }

    void register(Routes routes) {
        routes.get("/snapshots", call -> lists.answer(call, snapshots.all(), VolumeViews::snapshot))
                .get("/snapshots/detail", call -> lists.answer(call, snapshots.all(), VolumeViews::fullSnapshot))
                .post("/snapshots", this::create)
                .get("/snapshots/{snapshot}", this::show)
                .put("/snapshots/{snapshot}", this::update)
                .delete("/snapshots/{snapshot}", this::delete)
                .post("/snapshots/{snapshot}/action", this::act)
                .get("/snapshots/{snapshot}/metadata", this::metadata)
                .post("/snapshots/{snapshot}/metadata", this::addMetadata)
                .put("/snapshots/{snapshot}/metadata", call -> setMetadata(call, Map.of()));
    }

    private Answer create(Call call) {
        ObjectNode wanted = call.json("snapshot");
        Schema.object("snapshot", wanted, CREATION, List.of("volume_id"));
        @Nullable Boolean force = Json.bool(wanted, "force");
        boolean implied = call.version().atLeast(FORCE_IMPLIED_SINCE);
        if (implied && Boolean.FALSE.equals(force)) {
            throw Refused.badRequest("Since microversion 3.66 the 'force' flag is invalid for this request.  For"
                    + " backward compatability, however, when the 'force' flag is passed with a value evaluating to"
                    + " True, it is silently ignored.");
        }
        @Nullable String volumeId = Json.text(wanted, "volume_id");
        @Nullable String name = Json.text(wanted, "name");
        Snapshot snapshot = volumes.snapshot(
                call.caller(),
                volumeId == null ? "" : volumeId,
                name == null ? "" : name,
                Json.text(wanted, "description"),
                Schema.metadata(wanted, "metadata"),
                implied || Boolean.TRUE.equals(force));
        return Answer.of(
                202,
                Json.object("snapshot", VolumeViews.snapshot(call, snapshot, Timestamps.fresh(snapshot.createdAt()))));
    }

    private Answer show(Call call) {
        Snapshot snapshot = snapshots.visible(call.caller(), call.path("snapshot"));
        return Answer.ok(Json.object("snapshot", VolumeViews.fullSnapshot(call, snapshot)));
    }

    private Answer metadata(Call call) {
        Snapshot snapshot = snapshots.visible(call.caller(), call.path("snapshot"));
        return Answer.ok(Json.object("metadata", Json.strings(snapshot.metadata())));
    }

    private Answer update(Call call) {
        ObjectNode wanted = call.json("snapshot");
        snapshots.visible(call.caller(), call.path("snapshot"));
        Schema.object("snapshot", wanted, CHANGE, List.of());
        Snapshot snapshot = snapshots.update(
                call.caller(),
                call.path("snapshot"),
                VolumesApi.text(wanted, "name"),
                VolumesApi.text(wanted, "description"),
                null);
        return Answer.ok(Json.object("snapshot", VolumeViews.snapshot(call, snapshot)));
    }

    private Answer addMetadata(Call call) {
        return setMetadata(
                call, snapshots.visible(call.caller(), call.path("snapshot")).metadata());
    }

    /** Adds what the body has to what is kept. */
    private Answer setMetadata(Call call, Map<String, String> kept) {
        Map<String, String> all = new LinkedHashMap<>(kept);
        all.putAll(Schema.metadata(call.json(), "metadata"));
        snapshots.update(call.caller(), call.path("snapshot"), null, null, all);
        return Answer.ok(Json.object("metadata", Json.strings(all)));
    }

    private Answer delete(Call call) {
        snapshots.delete(call.caller(), call.path("snapshot"));
        return Answer.empty(202);
    }

    private Answer act(Call call) {
        JsonNode reset = call.json().path("os-reset_status");
        @Nullable String status = Json.text(reset, "status");
        if (status == null) {
            throw Refused.badRequest(
                    "There is no such action: " + String.join(", ", call.json().propertyNames()));
        }
        if (!call.caller().isAdmin()) {
            throw Refused.forbidden(
                    "Policy doesn't allow volume_extension:snapshot_admin_actions:reset_status to be performed.");
        }
        snapshots.reset(call.caller(), call.path("snapshot"), VolumeStatus.of(status));
        return Answer.empty(202);
    }
}
