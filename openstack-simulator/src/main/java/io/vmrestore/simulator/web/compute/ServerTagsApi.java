package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code /servers/{id}/tags}, from 2.26. */
final class ServerTagsApi {
    private static final int SINCE = 26;
    private static final int MAX_LENGTH = 60;
    private static final Pattern ALLOWED = Pattern.compile("[^,/]*");

    private final Servers servers;

    ServerTagsApi(Cloud cloud) {
        this.servers = cloud.servers();
    }

    void register(Routes routes) {
        routes.get("/servers/{server}/tags", this::list)
                .put("/servers/{server}/tags", this::replace)
                .get("/servers/{server}/tags/{tag}", this::check)
                .put("/servers/{server}/tags/{tag}", this::add)
                .delete("/servers/{server}/tags/{tag}", this::remove);
    }

    /** Refuses what Nova does not take as a tag: more than 60 characters, a comma or a slash. */
    static void check(String field, String tag) {
        if (tag.length() > MAX_LENGTH) {
            throw Schema.invalid(field, tag, "'" + tag + "' is too long");
        }
        if (tag.isEmpty() || !ALLOWED.matcher(tag).matches()) {
            throw Schema.invalid(field, tag, "'" + tag + "' does not match '^[^,/]*$'");
        }
    }

    private Answer list(Call call) {
        return Answer.ok(Json.object("tags", Json.strings(server(call).spec().tags())));
    }

    private Answer replace(Call call) {
        List<String> tags = Json.list(call.json(), "tags");
        tags.forEach(tag -> check("tags", tag));
        Server server = servers.setTags(call.caller(), server(call).id(), tags);
        return Answer.ok(Json.object("tags", Json.strings(server.spec().tags())));
    }

    private Answer check(Call call) {
        requireTag(call);
        return Answer.empty(204);
    }

    private Answer add(Call call) {
        Server server = server(call);
        check("tag", call.path("tag"));
        boolean known = server.spec().tags().contains(call.path("tag"));
        List<String> tags = new ArrayList<>(server.spec().tags());
        tags.add(call.path("tag"));
        servers.setTags(call.caller(), server.id(), tags);
        return Answer.empty(known ? 204 : 201);
    }

    private Answer remove(Call call) {
        requireTag(call);
        List<String> tags = new ArrayList<>(server(call).spec().tags());
        tags.remove(call.path("tag"));
        servers.setTags(call.caller(), call.path("server"), tags);
        return Answer.empty(204);
    }

    private void requireTag(Call call) {
        if (!server(call).spec().tags().contains(call.path("tag"))) {
            throw Refused.notFound("Server " + call.path("server") + " has no tag '" + call.path("tag") + "'");
        }
    }

    private Server server(Call call) {
        if (!call.version().atLeast(SINCE)) {
            throw Refused.notFound("The resource could not be found.");
        }
        return servers.visible(call.caller(), call.path("server"));
    }
}
