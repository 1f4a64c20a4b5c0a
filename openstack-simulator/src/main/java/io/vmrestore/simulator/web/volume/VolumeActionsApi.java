package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeAttachment;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.PythonText;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import io.vmrestore.simulator.web.Timestamps;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Actions on volumes, and their attachments, which belong to Nova. */
final class VolumeActionsApi {
    /** Actions that Cinder has, but not here: they look for the volume first. */
    private static final Set<String> OTHERS = Set.of(
            "os-attach",
            "os-begin_detaching",
            "os-initialize_connection",
            "os-migrate_volume",
            "os-migrate_volume_completion",
            "os-reimage",
            "os-reserve",
            "os-retype",
            "os-roll_detaching",
            "os-terminate_connection",
            "os-unmanage",
            "os-unreserve",
            "os-volume_upload_image",
            "revert");

    private final Volumes volumes;

    VolumeActionsApi(Cloud cloud) {
        this.volumes = cloud.volumes();
    }

    void register(Routes routes) {
        routes.post("/volumes/{volume}/action", this::act)
                .get("/attachments", call -> attachments(call, false))
                .get("/attachments/detail", call -> attachments(call, true))
                .get("/attachments/{attachment}", this::attachment)
                .delete("/attachments/{attachment}", this::deleteAttachment);
    }

    private Answer act(Call call) {
        ObjectNode body = call.json();
        String id = call.path("volume");
        String action = body.propertyNames().stream().findFirst().orElse("");
        JsonNode arguments = body.path(action);
        switch (action) {
            case "os-set_bootable" ->
                volumes.setBootable(call.caller(), id, Boolean.TRUE.equals(Json.bool(arguments, "bootable")));
            case "os-set_image_metadata" -> {
                Volume volume = volumes.setImageMetadata(call.caller(), id, Json.map(arguments, "metadata"));
                return Answer.ok(
                        Json.object("metadata", Json.strings(volume.spec().imageMetadata())));
            }
            case "os-show_image_metadata" -> {
                Volume volume = volumes.visible(call.caller(), id);
                return Answer.ok(
                        Json.object("metadata", Json.strings(volume.spec().imageMetadata())));
            }
            case "os-reset_status" -> {
                volumes.reset(call.caller(), id, VolumeStatus.of(status(arguments)));
                return Answer.empty(202);
            }
            case "os-force_delete" -> {
                volumes.forceDelete(call.caller(), id);
                return Answer.empty(202);
            }
            case "os-extend" -> {
                volumes.extend(call.caller(), id, wantedSize(arguments));
                return Answer.empty(202);
            }
            case "os-update_readonly_flag" -> {
                volumes.visible(call.caller(), id);
                requireFlag(arguments, "readonly");
                return Answer.empty(202);
            }
            case "os-unset_image_metadata" -> {
                @Nullable String key = Json.text(arguments, "key");
                volumes.unsetImageMetadata(call.caller(), id, key == null ? "" : key);
            }
            case "os-detach", "os-force_detach" -> refuseDetaching(volumes.visible(call.caller(), id));
            default -> {
                if (OTHERS.contains(action)) {
                    volumes.visible(call.caller(), id);
                }
                throw Refused.badRequest("There is no such action: " + action);
            }
        }
        return Answer.empty(200);
    }

    private static int wantedSize(JsonNode arguments) {
        @Nullable Integer size = Json.integer(arguments, "new_size");
        if (size == null || size < 1) {
            throw Schema.invalid("new_size", PythonText.of(arguments.path("new_size")), "a positive number is wanted");
        }
        return size;
    }

    private static void requireFlag(JsonNode arguments, String name) {
        if (Json.bool(arguments, name) == null) {
            throw Schema.invalid(
                    "os-update_readonly_flag", PythonText.of(arguments), "'" + name + "' is a required property");
        }
    }

    private static String status(JsonNode arguments) {
        String status = Json.text(arguments, "status");
        return status == null ? "" : status;
    }

    private Answer attachments(Call call, boolean detailed) {
        String wanted = call.query("volume_id");
        Stream<Volume> candidates = volumes.all()
                .filter(volume -> volume.projectId().equals(call.caller().projectId()))
                .filter(volume -> wanted == null || volume.id().equals(wanted));
        return Answer.ok(Json.object(
                "attachments",
                Json.array(candidates
                        .flatMap(volume -> volume.state().attachments().stream()
                                .map(attachment -> view(volume, attachment, detailed)))
                        .toList())));
    }

    private Answer attachment(Call call) {
        String id = call.path("attachment");
        return volumes.all()
                .filter(volume -> call.caller().sees(volume.projectId()))
                .flatMap(volume -> volume.state().attachments().stream()
                        .filter(attachment -> attachment.id().equals(id))
                        .map(attachment -> view(volume, attachment, true)))
                .findFirst()
                .map(view -> Answer.ok(Json.object("attachment", view)))
                .orElseThrow(() -> noAttachment(id));
    }

    private static Refused noAttachment(String id) {
        return Refused.notFound("Volume attachment could not be found with filter: attachment_id = " + id + ".");
    }

    private Answer deleteAttachment(Call call) {
        String id = call.path("attachment");
        Optional<Volume> volume = volumes.all()
                .filter(known -> call.caller().sees(known.projectId()))
                .filter(known -> known.state().attachments().stream()
                        .anyMatch(attachment -> attachment.id().equals(id)))
                .findFirst();
        refuseDetaching(volume.orElseThrow(() -> noAttachment(id)));
        return Answer.empty(200);
    }

    private static void refuseDetaching(Volume volume) {
        for (VolumeAttachment attachment : volume.state().attachments()) {
            throw Refused.conflict("ConflictNovaUsingAttachment: Detach volume from instance " + attachment.serverId()
                    + " using the Compute API");
        }
        throw Refused.badRequest("Invalid volume: Unable to detach volume. Volume status must be 'in-use' and"
                + " attach_status must be 'attached' to detach.");
    }

    private static ObjectNode view(Volume volume, VolumeAttachment attachment, boolean detailed) {
        ObjectNode view = Json.object()
                .put("id", attachment.id())
                .put("status", "attached")
                .put("instance", attachment.serverId())
                .put("volume_id", volume.id());
        if (detailed) {
            view.put("attached_at", Timestamps.stored(attachment.attachedAt()))
                    .put("detached_at", "")
                    .put("attach_mode", "rw");
            view.set("connection_info", Json.object().put("driver_volume_type", "memory"));
        }
        return view;
    }
}
