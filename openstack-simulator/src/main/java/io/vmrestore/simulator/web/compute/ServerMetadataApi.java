package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /servers/{id}/metadata}. */
final class ServerMetadataApi {
    private final Servers servers;

    ServerMetadataApi(Cloud cloud) {
        this.servers = cloud.servers();
    }

    void register(Routes routes) {
        routes.get("/servers/{server}/metadata", call -> answer(of(call)))
                .post("/servers/{server}/metadata", this::add)
                .put("/servers/{server}/metadata", call -> set(call, Schema.metadata(call.json(), "metadata")))
                .get("/servers/{server}/metadata/{key}", this::item)
                .delete("/servers/{server}/metadata/{key}", this::remove);
    }

    private Answer add(Call call) {
        Map<String, String> all = of(call);
        all.putAll(Schema.metadata(call.json(), "metadata"));
        return set(call, all);
    }

    private Answer item(Call call) {
        String key = call.path("key");
        return Answer.ok(Json.object("meta", Json.object().put(key, known(call, of(call)))));
    }

    private Answer remove(Call call) {
        Map<String, String> all = of(call);
        known(call, all);
        all.remove(call.path("key"));
        set(call, all);
        return Answer.empty(204);
    }

    private static String known(Call call, Map<String, String> metadata) {
        String value = metadata.get(call.path("key"));
        if (value == null) {
            throw Refused.notFound("Metadata item was not found");
        }
        return value;
    }

    private Map<String, String> of(Call call) {
        return new LinkedHashMap<>(
                servers.visible(call.caller(), call.path("server")).spec().metadata());
    }

    private Answer set(Call call, Map<String, String> metadata) {
        servers.setMetadata(call.caller(), call.path("server"), metadata);
        return answer(metadata);
    }

    private static Answer answer(Map<String, String> metadata) {
        return Answer.ok(Json.object("metadata", Json.strings(metadata)));
    }
}
