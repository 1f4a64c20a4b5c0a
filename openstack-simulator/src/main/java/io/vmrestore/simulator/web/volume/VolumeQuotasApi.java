package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.volume.Message;
import io.vmrestore.simulator.cloud.volume.VolumeType;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Timestamps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Cinder's quotas, limits, types, zones and services, and its messages about failures. */
final class VolumeQuotasApi {
    private static final Duration MESSAGE_KEPT = Duration.ofDays(30);
    private static final int RESOURCE_FILTER_SINCE = 5;

    private final Cloud cloud;
    private final Volumes volumes;

    VolumeQuotasApi(Cloud cloud) {
        this.cloud = cloud;
        this.volumes = cloud.volumes();
    }

    void register(Routes routes) {
        routes.get("/os-quota-sets/{target}", this::quotas)
                .put("/os-quota-sets/{target}", this::changeQuotas)
                .get("/limits", this::limits)
                .get("/types", this::types)
                .get("/types/{type}", this::type)
                .get("/os-availability-zone", this::zones)
                .get("/os-services", this::services)
                .get("/messages", this::messages)
                .get("/messages/{message}", this::message);
    }

    private Answer quotas(Call call) {
        String project = call.path("target");
        if (!call.caller().sees(project)) {
            throw Refused.forbidden("Policy doesn't allow volume_extension:quotas:show to be performed.");
        }
        Map<String, Integer> limits = volumes.limits().of(project);
        ObjectNode set = Json.object();
        if (call.flag("usage")) {
            Map<String, Integer> used = volumes.usage(project);
            limits.forEach((name, limit) -> set.set(
                    name,
                    Json.object()
                            .put("limit", limit)
                            .put("in_use", used.getOrDefault(name, 0))
                            .put("reserved", 0)));
        } else {
            limits.forEach(set::put);
        }
        return Answer.ok(Json.object("quota_set", set.put("id", project)));
    }

    private Answer changeQuotas(Call call) {
        if (!call.caller().isAdmin()) {
            throw Refused.forbidden("Policy doesn't allow volume_extension:quotas:update to be performed.");
        }
        Map<String, Integer> changed = Json.integers(call.json("quota_set"));
        String project = call.path("target");
        volumes.limits().quotas().change(project, changed);
        return Answer.ok(Json.object("quota_set", Json.numbers(volumes.limits().of(project))));
    }

    private Answer limits(Call call) {
        String project = call.caller().projectId();
        Map<String, Integer> limits = volumes.limits().quotas().limits(project);
        Map<String, Integer> used = volumes.usage(project);
        ObjectNode absolute = Json.object()
                .put("maxTotalVolumes", limits.get("volumes"))
                .put("maxTotalSnapshots", limits.get("snapshots"))
                .put("maxTotalVolumeGigabytes", limits.get("gigabytes"))
                .put("maxTotalBackups", limits.get("backups"))
                .put("maxTotalBackupGigabytes", limits.get("backup_gigabytes"))
                .put("totalVolumesUsed", used.getOrDefault("volumes", 0))
                .put("totalGigabytesUsed", used.getOrDefault("gigabytes", 0))
                .put("totalSnapshotsUsed", used.getOrDefault("snapshots", 0))
                .put("totalBackupsUsed", 0)
                .put("totalBackupGigabytesUsed", 0);
        ObjectNode body = Json.object("rate", Json.array());
        body.set("absolute", absolute);
        return Answer.ok(Json.object("limits", body));
    }

    private Answer types(Call call) {
        List<ObjectNode> views = volumes.types().stream()
                .map(type -> view(type).put("os-volume-type-access:is_public", true))
                .toList();
        return Answer.ok(Json.object("volume_types", Json.array(views)));
    }

    private Answer type(Call call) {
        String wanted = call.path("type").equals("default") ? VolumeType.DEFAULT : call.path("type");
        return volumes.types().stream()
                .filter(type -> type.id().equals(wanted) || type.name().equals(wanted))
                .findFirst()
                .map(type -> Answer.ok(Json.object("volume_type", view(type))))
                .orElseThrow(() -> Refused.notFound("Volume type " + wanted + " could not be found."));
    }

    private static ObjectNode view(VolumeType type) {
        ObjectNode view = Json.object()
                .put("id", type.id())
                .put("name", type.name())
                .put("is_public", true)
                .put("description", type.description());
        view.set("extra_specs", Json.object());
        return view.putNull("qos_specs_id");
    }

    private Answer zones(Call call) {
        ObjectNode zone = Json.object().put("zoneName", Volumes.ZONE);
        zone.set("zoneState", Json.object().put("available", true));
        return Answer.ok(Json.object("availabilityZoneInfo", Json.array().add(zone)));
    }

    private Answer services(Call call) {
        if (!call.caller().isAdmin()) {
            throw Refused.forbidden("Policy doesn't allow volume_extension:services:index to be performed.");
        }
        ObjectNode scheduler = service("cinder-scheduler", "simulator");
        ObjectNode backend = service("cinder-volume", "simulator@memory")
                .put("replication_status", "disabled")
                .putNull("active_backend_id")
                .put("frozen", false);
        return Answer.ok(Json.object("services", Json.array().add(scheduler).add(backend)));
    }

    private ObjectNode service(String binary, String host) {
        return Json.object()
                .put("binary", binary)
                .put("host", host)
                .put("zone", Volumes.ZONE)
                .put("status", "enabled")
                .put("state", "up")
                .put("updated_at", Timestamps.stored(cloud.engine().now()))
                .putNull("disabled_reason");
    }

    private Answer messages(Call call) {
        String wanted = call.version().atLeast(RESOURCE_FILTER_SINCE) ? call.query("resource_uuid") : null;
        Stream<Message> found = volumes.life()
                .messages()
                .filter(message -> call.caller().sees(message.projectId()))
                .filter(message -> wanted == null || message.volumeId().equals(wanted));
        return Answer.ok(Json.object(
                "messages", Json.array(found.map(message -> view(call, message)).toList())));
    }

    private Answer message(Call call) {
        String id = call.path("message");
        return volumes.life()
                .messages()
                .filter(message -> message.id().equals(id) && call.caller().sees(message.projectId()))
                .findFirst()
                .map(message -> Answer.ok(Json.object("message", view(call, message))))
                .orElseThrow(() -> Refused.notFound("Message " + id + " could not be found."));
    }

    private static ObjectNode view(Call call, Message message) {
        String path = "/" + call.caller().projectId() + "/messages/" + message.id();
        ObjectNode view = Json.object()
                .put("id", message.id())
                .put("event_id", "VOLUME_VOLUME_001_003")
                .put("user_message", message.text())
                .put("message_level", "ERROR")
                .put("created_at", Timestamps.stored(message.createdAt()))
                .put("guaranteed_until", Timestamps.stored(message.createdAt().plus(MESSAGE_KEPT)))
                .put("request_id", message.requestId());
        view.set(
                "links",
                Json.array()
                        .add(Json.link("self", call.base() + "/volume/v3" + path))
                        .add(Json.link("bookmark", call.base() + "/volume" + path)));
        return view.put("resource_type", "VOLUME").put("resource_uuid", message.volumeId());
    }
}
