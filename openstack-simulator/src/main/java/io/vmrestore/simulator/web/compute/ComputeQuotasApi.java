package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.ServerGroup;
import io.vmrestore.simulator.cloud.compute.ServerLimits;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Nova's quotas and limits, zones, services and server groups. */
final class ComputeQuotasApi {
    private static final int NETWORK_LIMITS_UNTIL = 35;
    private static final int IMAGE_LIMITS_UNTIL = 38;
    private static final int FILE_LIMITS_UNTIL = 56;
    private static final int UUID_SINCE = 53;
    private static final int FORCED_DOWN_SINCE = 11;
    private static final int POLICY_SINCE = 64;
    private static final Set<String> NETWORK_QUOTAS =
            Set.of("fixed_ips", "floating_ips", "security_group_rules", "security_groups");
    private static final Set<String> FILE_QUOTAS =
            Set.of("injected_file_content_bytes", "injected_file_path_bytes", "injected_files");

    private final Cloud cloud;
    private final Servers servers;
    private final ServerLimits limits;

    ComputeQuotasApi(Cloud cloud) {
        this.cloud = cloud;
        this.servers = cloud.servers();
        this.limits = cloud.servers().limits();
    }

    void register(Routes routes) {
        routes.get("/limits", this::limits)
                .get("/os-quota-sets/{project}", this::quotas)
                .put("/os-quota-sets/{project}", this::changeQuotas)
                .get("/os-quota-sets/{project}/detail", this::quotaDetails)
                .get("/os-availability-zone", this::zones)
                .get("/os-availability-zone/detail", this::zones)
                .get("/os-services", this::services)
                .get("/os-server-groups", this::groups)
                .get("/os-server-groups/{group}", this::group);
    }

    private Answer limits(Call call) {
        @Nullable String wanted = call.query("tenant_id");
        String project = wanted == null ? call.caller().projectId() : checked(call, wanted);
        Map<String, Integer> max = limits.quotas().limits(project);
        Map<String, Integer> used = limits.usage(project);
        boolean network = !call.version().atLeast(NETWORK_LIMITS_UNTIL + 1);
        ObjectNode absolute = Json.object()
                .put("maxTotalInstances", max.get("instances"))
                .put("maxTotalCores", max.get("cores"))
                .put("maxTotalRAMSize", max.get("ram"))
                .put("maxServerMeta", max.get("metadata_items"));
        if (!call.version().atLeast(IMAGE_LIMITS_UNTIL + 1)) {
            absolute.put("maxImageMeta", max.get("metadata_items"));
        }
        if (!call.version().atLeast(FILE_LIMITS_UNTIL + 1)) {
            absolute.put("maxPersonality", max.get("injected_files"))
                    .put("maxPersonalitySize", max.get("injected_file_content_bytes"));
        }
        absolute.put("maxTotalKeypairs", max.get("key_pairs"))
                .put("maxServerGroups", max.get("server_groups"))
                .put("maxServerGroupMembers", max.get("server_group_members"));
        if (network) {
            absolute.put("maxTotalFloatingIps", -1).put("maxSecurityGroups", -1).put("maxSecurityGroupRules", -1);
        }
        absolute.put("totalRAMUsed", used.get("ram"))
                .put("totalCoresUsed", used.get("cores"))
                .put("totalInstancesUsed", used.get("instances"));
        if (network) {
            absolute.put("totalFloatingIpsUsed", 0).put("totalSecurityGroupsUsed", 0);
        }
        absolute.put("totalServerGroupsUsed", 0);
        ObjectNode body = Json.object("rate", Json.array());
        body.set("absolute", absolute);
        return Answer.ok(Json.object("limits", body));
    }

    private Answer quotas(Call call) {
        String project = checked(call, call.path("project"));
        ObjectNode set = Json.object().put("id", project);
        shown(call, project).forEach(set::put);
        return Answer.ok(Json.object("quota_set", set));
    }

    private Answer quotaDetails(Call call) {
        String project = checked(call, call.path("project"));
        Map<String, Integer> used = limits.usage(project);
        ObjectNode set = Json.object().put("id", project);
        shown(call, project)
                .forEach((name, limit) -> set.set(
                        name,
                        Json.object()
                                .put("limit", limit)
                                .put("in_use", used.getOrDefault(name, 0))
                                .put("reserved", 0)));
        return Answer.ok(Json.object("quota_set", set));
    }

    private Answer changeQuotas(Call call) {
        requireAdmin(call, "os_compute_api:os-quota-sets:update");
        String project = checked(call, call.path("project"));
        Map<String, Integer> changed = Json.integers(call.json("quota_set"));
        limits.quotas().change(project, changed);
        return Answer.ok(Json.object("quota_set", Json.numbers(shown(call, project))));
    }

    private Map<String, Integer> shown(Call call, String project) {
        Map<String, Integer> shown = new LinkedHashMap<>(limits.quotas().limits(project));
        if (call.version().atLeast(NETWORK_LIMITS_UNTIL + 1)) {
            shown.keySet().removeAll(NETWORK_QUOTAS);
        }
        if (call.version().atLeast(FILE_LIMITS_UNTIL + 1)) {
            shown.keySet().removeAll(FILE_QUOTAS);
        }
        return shown;
    }

    private String checked(Call call, String project) {
        if (cloud.identity().findProject(project).isEmpty()) {
            throw Refused.badRequest("Project ID " + project + " is not a valid project.");
        }
        if (!call.caller().sees(project)) {
            throw Refused.forbidden("Policy doesn't allow os_compute_api:os-quota-sets:show to be performed.");
        }
        return project;
    }

    private Answer zones(Call call) {
        ObjectNode zone = Json.object().put("zoneName", Volumes.ZONE);
        zone.set("zoneState", Json.object().put("available", true));
        zone.putNull("hosts");
        return Answer.ok(Json.object("availabilityZoneInfo", Json.array().add(zone)));
    }

    private Answer services(Call call) {
        requireAdmin(call, "os_compute_api:os-services:list");
        ArrayNode services = Json.array()
                .add(service(call, "nova-scheduler", "internal"))
                .add(service(call, "nova-conductor", "internal"))
                .add(service(call, "nova-compute", Volumes.ZONE));
        return Answer.ok(Json.object("services", services));
    }

    private ObjectNode service(Call call, String binary, String zone) {
        ObjectNode service = Json.object().put("binary", binary).put("host", Servers.HOST);
        if (call.version().atLeast(UUID_SINCE)) {
            service.put(
                    "id",
                    UUID.nameUUIDFromBytes(binary.getBytes(StandardCharsets.UTF_8))
                            .toString());
        } else {
            service.put("id", Math.abs(binary.hashCode() % 100));
        }
        service.put("zone", zone)
                .put("status", "enabled")
                .put("state", servers.hosts().isUp(Servers.HOST) || !binary.equals("nova-compute") ? "up" : "down")
                .put("updated_at", Timestamps.stored(cloud.engine().now()))
                .putNull("disabled_reason");
        return call.version().atLeast(FORCED_DOWN_SINCE) ? service.put("forced_down", false) : service;
    }

    private Answer groups(Call call) {
        List<ObjectNode> views = servers.groups().stream()
                .filter(group -> group.owner().projectId().equals(call.caller().projectId()))
                .map(group -> view(call, group))
                .toList();
        return Answer.ok(Json.object("server_groups", Json.array(views)));
    }

    private Answer group(Call call) {
        String id = call.path("group");
        return servers.groups()
                .find(id)
                .filter(group -> call.caller().sees(group.owner().projectId()))
                .map(group -> Answer.ok(Json.object("server_group", view(call, group))))
                .orElseThrow(() -> Refused.notFound("Instance group " + id + " could not be found."));
    }

    private ObjectNode view(Call call, ServerGroup group) {
        ObjectNode view = Json.object().put("id", group.id()).put("name", group.name());
        if (call.version().atLeast(POLICY_SINCE)) {
            view.put("policy", group.policy());
            view.set("rules", Json.object());
        } else {
            view.set("policies", Json.strings(List.of(group.policy())));
        }
        view.set(
                "members",
                Json.strings(servers.all()
                        .filter(server -> server.exists()
                                && group.id().equals(server.spec().serverGroupId()))
                        .map(Server::id)
                        .toList()));
        return view.put("project_id", group.owner().projectId())
                .put("user_id", group.owner().userId());
    }

    private static void requireAdmin(Call call, String rule) {
        if (!call.caller().isAdmin()) {
            throw Refused.forbidden("Policy doesn't allow " + rule + " to be performed.");
        }
    }
}
