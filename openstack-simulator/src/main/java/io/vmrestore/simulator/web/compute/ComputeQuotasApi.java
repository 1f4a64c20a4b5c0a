package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.ServerLimits;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Nova's quotas and limits. */
final class ComputeQuotasApi {
    private static final int NETWORK_LIMITS_UNTIL = 35;
    private static final int IMAGE_LIMITS_UNTIL = 38;
    private static final int FILE_LIMITS_UNTIL = 56;
    private static final Set<String> NETWORK_QUOTAS =
            Set.of("fixed_ips", "floating_ips", "security_group_rules", "security_groups");
    private static final Set<String> FILE_QUOTAS =
            Set.of("injected_file_content_bytes", "injected_file_path_bytes", "injected_files");

    private final Cloud cloud;
    private final ServerLimits limits;

    ComputeQuotasApi(Cloud cloud) {
        this.cloud = cloud;
        this.limits = cloud.servers().limits();
    }

    void register(Routes routes) {
        routes.get("/limits", this::limits)
                .get("/os-quota-sets/{project}", this::quotas)
                .put("/os-quota-sets/{project}", this::changeQuotas)
                .get("/os-quota-sets/{project}/detail", this::quotaDetails)
                .get("/os-quota-sets/{project}/defaults", this::defaults)
                .delete("/os-quota-sets/{project}", this::resetQuotas)
                .get("/os-quota-class-sets/{class}", this::classQuotas);
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

    private Answer defaults(Call call) {
        String project = checked(call, call.path("project"));
        ObjectNode set = Json.object().put("id", project);
        trimmed(call, limits.quotas().defaults()).forEach(set::put);
        return Answer.ok(Json.object("quota_set", set));
    }

    private Answer resetQuotas(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-quota-sets:delete");
        limits.quotas().reset(checked(call, call.path("project")));
        return Answer.empty(202);
    }

    private Answer classQuotas(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-quota-class-sets:show");
        ObjectNode set = Json.object().put("id", call.path("class"));
        trimmed(call, limits.quotas().defaults()).forEach(set::put);
        return Answer.ok(Json.object("quota_class_set", set));
    }

    private Answer changeQuotas(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-quota-sets:update");
        String project = checked(call, call.path("project"));
        ObjectNode wanted = call.json("quota_set");
        Schema.object("quota_set", wanted, known(call, project), List.of());
        Map<String, Integer> changed = Json.integers(wanted);
        limits.quotas().change(project, changed);
        return Answer.ok(Json.object("quota_set", Json.numbers(shown(call, project))));
    }

    private Set<String> known(Call call, String project) {
        Set<String> known = new LinkedHashSet<>(shown(call, project).keySet());
        known.addAll(List.of("force", "tenant_id"));
        return known;
    }

    private Map<String, Integer> shown(Call call, String project) {
        return trimmed(call, limits.quotas().limits(project));
    }

    private static Map<String, Integer> trimmed(Call call, Map<String, Integer> all) {
        Map<String, Integer> shown = new LinkedHashMap<>(all);
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
}
