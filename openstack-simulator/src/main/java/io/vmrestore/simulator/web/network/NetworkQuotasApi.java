package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Neutron's quotas and extensions. */
final class NetworkQuotasApi {
    /** Sent by the client of the command line with every change. */
    private static final Set<String> IGNORED = Set.of("tenant_id", "project_id", "force", "check_limit");

    private final Cloud cloud;
    private final Extensions extensions;

    NetworkQuotasApi(Cloud cloud, Extensions extensions) {
        this.cloud = cloud;
        this.extensions = extensions;
    }

    void register(Routes routes) {
        routes.get("/quotas/{project}", this::limits)
                .put("/quotas/{project}", this::change)
                .delete("/quotas/{project}", this::reset)
                .get("/quotas", this::changedOnes)
                .get("/quotas/{project}/default", this::defaults)
                .get("/quotas/{project}/details.json", this::details)
                .get("/quotas/{project}/details", this::details)
                .get("/extensions", this::extensions)
                .get("/extensions/{alias}", this::extension);
    }

    private Answer limits(Call call) {
        return Answer.ok(
                Json.object("quota", Json.numbers(cloud.ports().quotas().limits(project(call)))));
    }

    private Answer change(Call call) {
        if (!call.caller().isAdmin()) {
            throw Refused.forbidden("rule:update_quota is disallowed by policy");
        }
        ObjectNode wanted = call.json("quota");
        Map<String, Integer> known = cloud.ports().quotas().defaults();
        List<String> unknown = wanted.propertyNames().stream()
                .filter(name -> !known.containsKey(name) && !IGNORED.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw Refused.badRequest("Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
        }
        Map<String, Integer> changed = Json.integers(wanted);
        cloud.ports().quotas().change(call.path("project"), changed);
        return limits(call);
    }

    private Answer reset(Call call) {
        if (!call.caller().isAdmin()) {
            throw Refused.forbidden("rule:delete_quota is disallowed by policy");
        }
        cloud.ports().quotas().reset(call.path("project"));
        return Answer.empty(204);
    }

    /** The projects whose quotas somebody changed. */
    private Answer changedOnes(Call call) {
        if (!call.caller().isAdmin()) {
            throw Refused.forbidden("rule:get_quotas is disallowed by policy");
        }
        List<ObjectNode> changed = cloud.ports().quotas().changed().stream()
                .map(project -> Json.numbers(cloud.ports().quotas().limits(project))
                        .put("tenant_id", project)
                        .put("project_id", project))
                .toList();
        return Answer.ok(Json.object("quotas", Json.array(changed)));
    }

    private Answer defaults(Call call) {
        project(call);
        return Answer.ok(
                Json.object("quota", Json.numbers(cloud.ports().quotas().defaults())));
    }

    private Answer details(Call call) {
        String project = project(call);
        Map<String, Long> used = usage(project);
        ObjectNode quota = Json.object();
        cloud.ports()
                .quotas()
                .limits(project)
                .forEach((name, limit) -> quota.set(
                        name,
                        Json.object()
                                .put("limit", limit)
                                .put("used", used.getOrDefault(name, 0L))
                                .put("reserved", 0)));
        return Answer.ok(Json.object("quota", quota));
    }

    private Map<String, Long> usage(String project) {
        List<Integer> rules = cloud.securityGroups()
                .ofProject(project)
                .map(group -> group.rules().size())
                .toList();
        return Map.of(
                "network",
                cloud.networks()
                        .all()
                        .filter(network -> network.projectId().equals(project))
                        .count(),
                "subnet",
                cloud.networks()
                        .subnets()
                        .filter(subnet -> subnet.projectId().equals(project))
                        .count(),
                "port",
                cloud.ports().countOf(project),
                "floatingip",
                cloud.floatingIps()
                        .all()
                        .filter(ip -> ip.projectId().equals(project))
                        .count(),
                "security_group",
                (long) rules.size(),
                "security_group_rule",
                rules.stream().mapToLong(Integer::longValue).sum());
    }

    private Answer extensions(Call call) {
        return Answer.ok(Json.object(
                "extensions",
                Json.array(extensions.installed().stream()
                        .map(NetworkQuotasApi::view)
                        .toList())));
    }

    private Answer extension(Call call) {
        String alias = call.path("alias");
        return extensions.installed().stream()
                .filter(known -> known.alias().equals(alias))
                .findFirst()
                .map(known -> Answer.ok(Json.object("extension", view(known))))
                .orElseThrow(() -> Refused.notFound("Extension with alias " + alias + " does not exist"));
    }

    private static ObjectNode view(Extensions.Extension extension) {
        ObjectNode view = Json.object()
                .put("name", extension.name())
                .put("alias", extension.alias())
                .put("description", extension.name())
                .put("updated", "2020-07-15T10:00:00-00:00");
        view.set("links", Json.array());
        return view;
    }

    private static String project(Call call) {
        String project = call.path("project");
        if (!call.caller().sees(project)) {
            throw Refused.forbidden("rule:get_quota is disallowed by policy");
        }
        return project;
    }
}
