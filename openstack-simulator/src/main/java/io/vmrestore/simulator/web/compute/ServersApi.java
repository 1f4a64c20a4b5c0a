package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.Refused;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Paging;
import io.vmrestore.simulator.web.Routes;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /servers}: lists, creation, deletion and actions. */
final class ServersApi {
    private final Cloud cloud;
    private final Servers servers;
    private final ServerLists lists;
    private final ServerViews views;

    ServersApi(Cloud cloud) {
        this.cloud = cloud;
        this.servers = cloud.servers();
        this.lists = new ServerLists(servers);
        this.views = new ServerViews(cloud);
    }

    void register(Routes routes) {
        routes.get("/servers", call -> list(call, ServerViews::summary))
                .get("/servers/detail", call -> list(call, views::listed))
                .post("/servers", this::create)
                .get("/servers/{server}", this::show)
                .delete("/servers/{server}", this::delete)
                .post("/servers/{server}/action", this::act)
                .get("/servers/{server}/metadata", this::metadata)
                .post("/servers/{server}/metadata", this::addMetadata)
                .put("/servers/{server}/metadata", this::replaceMetadata);
    }

    private Answer list(Call call, BiFunction<Call, Server, ObjectNode> view) {
        Paging.Page<Server> page = lists.page(call);
        ObjectNode body = Json.object(
                "servers",
                Json.array(page.items().stream()
                        .map(server -> view.apply(call, server))
                        .toList()));
        if (page.next() != null) {
            body.set("servers_links", page.links());
        }
        return Answer.ok(body);
    }

    private Answer create(Call call) {
        Server server = servers.create(call.caller(), ServerBody.read(call));
        String password = HexFormat.of().toHexDigits(cloud.engine().random().nextLong());
        return Answer.of(202, Json.object("server", ServerViews.accepted(call, server, password)))
                .with("Location", call.base() + "/compute/v2.1/servers/" + server.id());
    }

    private Answer show(Call call) {
        Server server = servers.visible(call.caller(), call.path("server"));
        return Answer.ok(Json.object("server", views.full(call, server)));
    }

    private Answer delete(Call call) {
        servers.delete(call.caller(), call.path("server"));
        return Answer.empty(204);
    }

    private Answer act(Call call) {
        String id = call.path("server");
        ObjectNode body = call.json();
        String action = body.propertyNames().stream().findFirst().orElse("");
        switch (action) {
            case "os-stop" -> servers.stop(call.caller(), id);
            case "os-start" -> servers.start(call.caller(), id);
            case "lock" -> servers.lock(call.caller(), id, lockedReason(body.path("lock")));
            case "unlock" -> servers.unlock(call.caller(), id);
            case "reboot" -> servers.reboot(call.caller(), id, hard(body.path("reboot")));
            case "forceDelete" -> servers.forceDelete(call.caller(), id);
            case "restore" -> servers.restore(call.caller(), id);
            case "os-resetState" -> servers.reset(call.caller(), id, resetState(body.path("os-resetState")));
            default -> throw Refused.badRequest("There is no such action: " + action);
        }
        return Answer.empty(202);
    }

    private static boolean hard(JsonNode reboot) {
        String type = Json.text(reboot, "type");
        boolean hard = "HARD".equals(type);
        if (!hard && !"SOFT".equals(type)) {
            throw ServerBody.invalid("type", String.valueOf(type), "'" + type + "' is not one of ['HARD', 'SOFT']");
        }
        return hard;
    }

    private static VmState resetState(JsonNode reset) {
        String state = Json.text(reset, "state");
        return switch (state == null ? "" : state) {
            case "active" -> VmState.ACTIVE;
            case "error" -> VmState.ERROR;
            default ->
                throw ServerBody.invalid(
                        "state", String.valueOf(state), "'" + state + "' is not one of ['active', 'error']");
        };
    }

    private static @Nullable String lockedReason(JsonNode lock) {
        return lock.isObject() ? Json.text(lock, "locked_reason") : null;
    }

    private Answer metadata(Call call) {
        Server server = servers.visible(call.caller(), call.path("server"));
        return Answer.ok(Json.object("metadata", Json.strings(server.spec().metadata())));
    }

    private Answer addMetadata(Call call) {
        Map<String, String> all = new LinkedHashMap<>(
                servers.visible(call.caller(), call.path("server")).spec().metadata());
        all.putAll(Json.map(call.json(), "metadata"));
        return setMetadata(call, all);
    }

    private Answer replaceMetadata(Call call) {
        return setMetadata(call, Json.map(call.json(), "metadata"));
    }

    private Answer setMetadata(Call call, Map<String, String> metadata) {
        servers.setMetadata(call.caller(), call.path("server"), metadata);
        return Answer.ok(Json.object("metadata", Json.strings(metadata)));
    }
}
