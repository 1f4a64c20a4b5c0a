package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeRequest;
import io.vmrestore.simulator.cloud.volume.VolumeType;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.PythonText;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import io.vmrestore.simulator.web.Timestamps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /volumes} and their metadata. */
final class VolumesApi {
    private static final Set<String> CHANGE =
            Set.of("name", "description", "display_name", "display_description", "metadata");

    private final Volumes volumes;
    private final VolumeLists<Volume> lists;

    VolumesApi(Cloud cloud) {
        this.volumes = cloud.volumes();
        Map<String, Function<Volume, @Nullable String>> fields = new LinkedHashMap<>();
        fields.put("id", Volume::id);
        fields.put("name", volume -> volume.spec().name());
        fields.put("display_name", volume -> volume.spec().name());
        fields.put("status", volume -> volume.status().text());
        fields.put("bootable", volume -> String.valueOf(volume.state().bootable()));
        fields.put("availability_zone", volume -> volume.spec().availabilityZone());
        fields.put("size", volume -> String.valueOf(volume.spec().size()));
        fields.put("snapshot_id", volume -> volume.spec().snapshotId());
        fields.put("source_volid", volume -> volume.spec().sourceVolumeId());
        fields.put("user_id", volume -> volume.owner().userId());
        this.lists = new VolumeLists<>(
                "volumes",
                fields,
                volume -> volume.spec().metadata(),
                0,
                Volume::id,
                Volume::projectId,
                Volume::createdAt,
                id -> Refused.notFound("Volume " + id + " could not be found."));
    }

    void register(Routes routes) {
        routes.get("/volumes", call -> list(call, VolumeViews::summary))
                .get("/volumes/detail", call -> list(call, this::full))
                .post("/volumes", this::create)
                .get("/volumes/{volume}", this::show)
                .put("/volumes/{volume}", this::update)
                .delete("/volumes/{volume}", this::delete)
                .get("/volumes/{volume}/metadata", this::metadata)
                .post("/volumes/{volume}/metadata", this::addMetadata)
                .put("/volumes/{volume}/metadata", this::replaceMetadata)
                .delete("/volumes/{volume}/metadata/{key}", this::removeMetadata);
    }

    private Answer list(Call call, BiFunction<Call, Volume, ObjectNode> view) {
        return lists.answer(call, volumes.all(), view);
    }

    private Answer create(Call call) {
        Volume volume = volumes.create(call.caller(), request(call.json("volume")));
        return Answer.of(
                202,
                Json.object(
                        "volume", VolumeViews.core(call, volume, Timestamps.fresh(volume.createdAt()), type(volume))));
    }

    private Answer show(Call call) {
        return Answer.ok(Json.object("volume", full(call, volumes.visible(call.caller(), call.path("volume")))));
    }

    private Answer update(Call call) {
        ObjectNode wanted = call.json("volume");
        Schema.object("volume", wanted, CHANGE, List.of());
        Volume volume = volumes.rename(
                call.caller(),
                call.path("volume"),
                text(wanted, "name"),
                text(wanted, "description"),
                wanted.has("metadata") ? Schema.metadata(wanted, "metadata") : null);
        String createdAt = Timestamps.stored(volume.createdAt());
        return Answer.ok(Json.object(
                "volume", VolumeViews.core(call, volume, createdAt == null ? "" : createdAt, type(volume))));
    }

    private Answer delete(Call call) {
        volumes.delete(call.caller(), call.path("volume"));
        return Answer.empty(202);
    }

    private Answer metadata(Call call) {
        Volume volume = volumes.visible(call.caller(), call.path("volume"));
        return Answer.ok(Json.object("metadata", Json.strings(volume.spec().metadata())));
    }

    private Answer addMetadata(Call call) {
        Map<String, String> all = new LinkedHashMap<>(
                volumes.visible(call.caller(), call.path("volume")).spec().metadata());
        all.putAll(Schema.metadata(call.json(), "metadata"));
        return setMetadata(call, all);
    }

    private Answer replaceMetadata(Call call) {
        return setMetadata(call, Schema.metadata(call.json(), "metadata"));
    }

    private Answer removeMetadata(Call call) {
        Map<String, String> all = new LinkedHashMap<>(
                volumes.visible(call.caller(), call.path("volume")).spec().metadata());
        if (all.remove(call.path("key")) == null) {
            throw Refused.notFound(
                    "Volume " + call.path("volume") + " has no metadata with key " + call.path("key") + ".");
        }
        setMetadata(call, all);
        return Answer.empty(200);
    }

    private Answer setMetadata(Call call, Map<String, String> metadata) {
        volumes.setMetadata(call.caller(), call.path("volume"), metadata);
        return Answer.ok(Json.object("metadata", Json.strings(metadata)));
    }

    private ObjectNode full(Call call, Volume volume) {
        return VolumeViews.full(call, volume, type(volume));
    }

    private VolumeType type(Volume volume) {
        return volumes.types().stream()
                .filter(type -> type.name().equals(volume.spec().type()))
                .findFirst()
                .orElseThrow(() -> Refused.notFound(
                        "Volume type with name " + volume.spec().type() + " could not be found."));
    }

    /** Reads a wanted volume; unknown names are ignored, as Cinder does. */
    private static VolumeRequest request(ObjectNode wanted) {
        @Nullable String name = text(wanted, "name");
        if (name != null && name.length() > Schema.MAX_TEXT) {
            throw Refused.badRequest("Invalid input received: name has " + name.length() + " characters, more than "
                    + Schema.MAX_TEXT + ".");
        }
        @Nullable String description = text(wanted, "description");
        if (description != null && description.length() > Schema.MAX_TEXT) {
            throw Refused.badRequest("Invalid input received: description has " + description.length()
                    + " characters, more than " + Schema.MAX_TEXT + ".");
        }
        @Nullable Integer size = Json.integer(wanted, "size");
        if (size != null && size < 1) {
            throw invalid("size", wanted, size + " is less than the minimum of 1");
        }
        @Nullable String snapshot = Json.text(wanted, "snapshot_id");
        if (snapshot != null && !Schema.isUuid(snapshot)) {
            throw invalid("snapshot_id", wanted, "'" + snapshot + "' is not valid under any of the given schemas");
        }
        return new VolumeRequest(
                name == null ? "" : name,
                description,
                size,
                snapshot,
                Json.text(wanted, "source_volid"),
                Json.text(wanted, "imageRef"),
                Json.text(wanted, "volume_type"),
                Json.text(wanted, "availability_zone"),
                Schema.metadata(wanted, "metadata"));
    }

    /** A text under its name or under the one it had in earlier versions, which clients still send. */
    static @Nullable String text(ObjectNode wanted, String name) {
        @Nullable String text = Json.text(wanted, name);
        return text == null ? Json.text(wanted, "display_" + name) : text;
    }

    private static Refused invalid(String field, ObjectNode wanted, String reason) {
        JsonNode value = wanted.get(field);
        String shown = value == null ? "None" : value.isString() ? value.asString() : PythonText.of(value);
        return Schema.invalid(field, shown, reason);
    }
}
