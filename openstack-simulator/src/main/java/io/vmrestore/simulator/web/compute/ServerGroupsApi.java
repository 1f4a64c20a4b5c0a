package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.ServerGroup;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** {@code /os-server-groups}: one policy each, as a list before 2.64. */
final class ServerGroupsApi {
    private static final int SOFT_SINCE = 15;
    private static final int POLICY_SINCE = 64;
    private static final String RULE = "os_compute_api:os-server-groups:";

    private final Cloud cloud;
    private final Servers servers;

    ServerGroupsApi(Cloud cloud) {
        this.cloud = cloud;
        this.servers = cloud.servers();
    }

    void register(Routes routes) {
        routes.get("/os-server-groups", this::list)
                .post("/os-server-groups", this::create)
                .get("/os-server-groups/{group}", this::show)
                .delete("/os-server-groups/{group}", this::delete);
    }

    private Answer list(Call call) {
        boolean every = call.caller().isAdmin() && call.flag("all_projects");
        List<ObjectNode> views = servers.groups().stream()
                .filter(group ->
                        every || group.owner().projectId().equals(call.caller().projectId()))
                .map(group -> view(call, group))
                .toList();
        return Answer.ok(Json.object("server_groups", Json.array(views)));
    }

    private Answer create(Call call) {
        ObjectNode wanted = call.json("server_group");
        boolean single = call.version().atLeast(POLICY_SINCE);
        Schema.object(
                "server_group",
                wanted,
                single ? Set.of("name", "policy", "rules") : Set.of("name", "policies"),
                List.of("name", single ? "policy" : "policies"));
        Policies.requireMember(call, RULE + "create");
        String name = ServerBody.name(wanted);
        String policy = single ? Objects.requireNonNullElse(Json.text(wanted, "policy"), "") : only(wanted);
        List<String> allowed = new ArrayList<>(List.of("anti-affinity", "affinity"));
        if (call.version().atLeast(SOFT_SINCE)) {
            allowed.addAll(List.of("soft-anti-affinity", "soft-affinity"));
        }
        if (!allowed.contains(policy)) {
            throw Schema.invalid(
                    single ? "policy" : "0",
                    policy,
                    "'" + policy + "' is not one of "
                            + allowed.stream().map(one -> "'" + one + "'").collect(Collectors.joining(", ", "[", "]")));
        }
        String project = call.caller().projectId();
        int used = Math.toIntExact(servers.groups().stream()
                .filter(group -> group.owner().projectId().equals(project))
                .count());
        if (!servers.limits().quotas().allows(project, "server_groups", used, 1)) {
            throw Refused.forbidden("Quota exceeded, too many server groups.");
        }
        ServerGroup group = servers.groups()
                .put(new ServerGroup(
                        cloud.engine().newId(), new Owner(project, call.caller().userId()), name, policy));
        return Answer.ok(Json.object("server_group", view(call, group)));
    }

    private static String only(ObjectNode wanted) {
        List<String> policies = Json.list(wanted, "policies");
        if (policies.size() != 1) {
            throw Schema.invalid(
                    "policies", policies.toString(), policies + " is too " + (policies.isEmpty() ? "short" : "long"));
        }
        return policies.getFirst();
    }

    private Answer show(Call call) {
        return Answer.ok(Json.object("server_group", view(call, group(call))));
    }

    private Answer delete(Call call) {
        ServerGroup group = group(call);
        Policies.requireMember(call, RULE + "delete");
        servers.groups().remove(group.id());
        return Answer.empty(204);
    }

    private ServerGroup group(Call call) {
        String id = call.path("group");
        return servers.groups()
                .find(id)
                .filter(group -> call.caller().sees(group.owner().projectId()))
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
}
