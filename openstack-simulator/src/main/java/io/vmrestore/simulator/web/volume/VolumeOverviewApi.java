package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Quotas;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What Cinder tells of all volumes at once: sums, pools, default quotas, and what can be filtered by. */
final class VolumeOverviewApi {
    private static final int SUMMARY_SINCE = 12;
    private static final int SUMMARY_METADATA_SINCE = 36;
    private static final int FILTERS_SINCE = 33;
    private static final String POOL = "simulator@memory#memory";
    private static final Map<String, List<String>> FILTERS = new LinkedHashMap<>(Map.of(
            "volume",
            List.of(
                    "name",
                    "status",
                    "metadata",
                    "bootable",
                    "migration_status",
                    "availability_zone",
                    "group_id",
                    "size",
                    "created_at",
                    "updated_at"),
            "backup",
            List.of("name", "status", "volume_id"),
            "snapshot",
            List.of("name", "status", "volume_id", "metadata", "availability_zone"),
            "group_snapshot",
            List.of("name", "status", "group_id"),
            "attachment",
            List.of("volume_id", "status", "instance_id", "attach_status"),
            "message",
            List.of("resource_uuid", "resource_type", "event_id", "request_id", "message_level"),
            "pool",
            List.of("name", "volume_type"),
            "volume_type",
            List.of("is_public"),
            "group",
            List.of("name")));

    private final Cloud cloud;
    private final Volumes volumes;

    VolumeOverviewApi(Cloud cloud) {
        this.cloud = cloud;
        this.volumes = cloud.volumes();
    }

    void register(Routes routes) {
        routes.get("/volumes/summary", this::summary)
                .get("/scheduler-stats/get_pools", this::pools)
                .get("/resource_filters", this::filters)
                .get("/os-quota-sets/{target}/defaults", this::defaults)
                .delete("/os-quota-sets/{target}", this::reset)
                .get("/os-quota-class-sets/{class}", this::classQuotas)
                .get("/os-hosts", this::hosts)
                .get("/types/{type}/extra_specs", this::extraSpecs)
                .get("/types/{type}/os-volume-type-access", this::access)
                .get("/volumes/{volume}/encryption", this::encryption);
    }

    private Answer summary(Call call) {
        if (!call.version().atLeast(SUMMARY_SINCE)) {
            throw Refused.notFound("Volume summary could not be found.");
        }
        boolean every = call.caller().isAdmin() && call.flag("all_tenants");
        List<Volume> found = volumes.all()
                .filter(volume ->
                        every || volume.projectId().equals(call.caller().projectId()))
                .toList();
        ObjectNode summary = Json.object()
                .put("total_count", found.size())
                .put(
                        "total_size",
                        found.stream().mapToInt(volume -> volume.spec().size()).sum());
        if (call.version().atLeast(SUMMARY_METADATA_SINCE)) {
            Map<String, Set<String>> values = new TreeMap<>();
            found.forEach(volume -> volume.spec()
                    .metadata()
                    .forEach((key, value) -> values.computeIfAbsent(key, unused -> new TreeSet<>())
                            .add(value)));
            ObjectNode metadata = Json.object();
            values.forEach((key, all) -> metadata.set(key, Json.strings(all)));
            summary.set("metadata", metadata);
        }
        return Answer.ok(Json.object("volume-summary", summary));
    }

    private Answer pools(Call call) {
        requireAdmin(call, "scheduler_extension:scheduler_stats:get_pools");
        ObjectNode pool = Json.object().put("name", POOL);
        if (call.flag("detail")) {
            pool.set(
                    "capabilities",
                    Json.object()
                            .put("volume_backend_name", "memory")
                            .put("total_capacity_gb", "infinite")
                            .put("free_capacity_gb", "infinite")
                            .put("driver_version", "1.0")
                            .put("storage_protocol", "memory")
                            .put("QoS_support", false));
        }
        return Answer.ok(Json.object("pools", Json.array().add(pool)));
    }

    private Answer filters(Call call) {
        if (!call.version().atLeast(FILTERS_SINCE)) {
            return new VolumeDialect().notRouted();
        }
        @Nullable String wanted = call.query("resource");
        List<ObjectNode> rows = FILTERS.entrySet().stream()
                .filter(entry -> wanted == null || wanted.equals(entry.getKey()))
                .map(entry -> {
                    ObjectNode row = Json.object().put("resource", entry.getKey());
                    row.set("filters", Json.strings(entry.getValue()));
                    return row;
                })
                .toList();
        return Answer.ok(Json.object("resource_filters", Json.array(rows)));
    }

    private Answer defaults(Call call) {
        String project = call.path("target");
        if (!call.caller().sees(project)) {
            throw Refused.forbidden("Policy doesn't allow volume_extension:quotas:show to be performed.");
        }
        return Answer.ok(Json.object("quota_set", defaultLimits().put("id", project)));
    }

    private Answer reset(Call call) {
        requireAdmin(call, "volume_extension:quotas:delete");
        volumes.limits().quotas().reset(call.path("target"));
        return Answer.empty(200);
    }

    private Answer classQuotas(Call call) {
        requireAdmin(call, "volume_extension:quota_classes");
        return Answer.ok(Json.object("quota_class_set", defaultLimits().put("id", call.path("class"))));
    }

    private ObjectNode defaultLimits() {
        ObjectNode set = Json.object();
        volumes.limits().quotas().defaults().forEach(set::put);
        volumes.types().stream()
                .flatMap(type ->
                        Stream.of("volumes_", "gigabytes_", "snapshots_").map(kind -> kind + type.name()))
                .forEach(name -> set.put(name, Quotas.UNLIMITED));
        return set;
    }

    private Answer hosts(Call call) {
        requireAdmin(call, "volume_extension:hosts");
        ObjectNode host = Json.object()
                .put("host_name", "simulator@memory")
                .put("service", "cinder-volume")
                .put("zone", Volumes.ZONE)
                .put("service-status", "available")
                .put("service-state", "enabled")
                .put("last-update", cloud.engine().now().toString());
        return Answer.ok(Json.object("hosts", Json.array().add(host)));
    }

    private Answer extraSpecs(Call call) {
        requireType(call);
        return Answer.ok(Json.object("extra_specs", Json.object()));
    }

    private Answer access(Call call) {
        requireType(call);
        throw Refused.notFound("Access list not available for public volume types.");
    }

    private void requireType(Call call) {
        String id = call.path("type");
        if (volumes.types().stream()
                .noneMatch(type -> type.id().equals(id) || type.name().equals(id))) {
            throw Refused.notFound("Volume type " + id + " could not be found.");
        }
    }

    /** No volume is encrypted. */
    private Answer encryption(Call call) {
        volumes.visible(call.caller(), call.path("volume"));
        return Answer.ok(Json.object().putNull("encryption_key_id"));
    }

    private static void requireAdmin(Call call, String rule) {
        if (!call.caller().isAdmin()) {
            throw Refused.forbidden("Policy doesn't allow " + rule + " to be performed.");
        }
    }
}
