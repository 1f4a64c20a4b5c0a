package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Paging;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/** {@code /servers}: lists, creation, changes and deletion. */
final class ServersApi {
    private static final int HOSTNAME_SINCE = 90;

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
                .put("/servers/{server}", this::update);
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

    /** What may be changed of a server: its name, and from 2.19 its description. */
    private Answer update(Call call) {
        ObjectNode wanted = call.json("server");
        Set<String> known = new HashSet<>(Set.of("name", "OS-DCF:diskConfig", "accessIPv4", "accessIPv6"));
        if (call.version().atLeast(ServerViews.DESCRIPTION_SINCE)) {
            known.add("description");
        }
        if (call.version().atLeast(HOSTNAME_SINCE)) {
            known.add("hostname");
        }
        Schema.object("server", wanted, known, List.of());
        Server server = servers.rename(
                call.caller(),
                call.path("server"),
                wanted.has("name") ? ServerBody.name(wanted) : null,
                call.version().atLeast(ServerViews.DESCRIPTION_SINCE) ? Json.text(wanted, "description") : null);
        return Answer.ok(Json.object("server", views.full(call, server)));
    }
}
