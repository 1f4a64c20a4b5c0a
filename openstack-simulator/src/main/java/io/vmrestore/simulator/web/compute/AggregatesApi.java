package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.other.Thing;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /os-aggregates/{id}/action}: hosts and metadata of an aggregate. */
final class AggregatesApi {
    private final Cloud cloud;
    private final ComputeManner manner = new ComputeManner();

    AggregatesApi(Cloud cloud) {
        this.cloud = cloud;
    }

    void register(Routes routes) {
        routes.post("/os-aggregates/{id}/action", this::act);
    }

    private Answer act(Call call) {
        ObjectNode body = call.json();
        String action = body.propertyNames().stream().findFirst().orElse("");
        Policies.requireAdmin(call, "os_compute_api:os-aggregates:" + action);
        String id = call.path("id");
        Thing aggregate = cloud.things()
                .find("compute" + ComputeKinds.AGGREGATE.path(), id)
                .orElseThrow(() -> manner.missing(ComputeKinds.AGGREGATE, id));
        ObjectNode fields = aggregate.fields().deepCopy();
        JsonNode arguments = body.path(action);
        String host = arguments.path("host").asString("");
        List<String> hosts = new ArrayList<>(Json.list(fields, "hosts"));
        switch (action.toLowerCase(Locale.ROOT)) {
            case "add_host" -> {
                requireHost(host);
                if (hosts.contains(host)) {
                    throw Refused.conflict("Cannot add host " + host + " in aggregate " + id + ": host exists");
                }
                hosts.add(host);
            }
            case "remove_host" -> {
                if (!hosts.remove(host)) {
                    throw Refused.notFound("Cannot remove host " + host + " in aggregate " + id + ": not found");
                }
            }
            case "set_metadata" -> setMetadata(fields, arguments.path("metadata"));
            default -> throw Refused.badRequest("There is no such action: " + action);
        }
        fields.set("hosts", Json.strings(hosts));
        Thing changed = cloud.things().put(aggregate.with(fields, cloud.engine().now()));
        return Answer.ok(Json.object("aggregate", manner.view(call, ComputeKinds.AGGREGATE, changed)));
    }

    private static void requireHost(String host) {
        if (!host.equals(Servers.HOST)) {
            throw Refused.notFound("Compute host " + host + " could not be found.");
        }
    }

    /** A null takes an entry away. */
    private static void setMetadata(ObjectNode fields, JsonNode wanted) {
        ObjectNode metadata = fields.path("metadata") instanceof ObjectNode old ? old.deepCopy() : Json.object();
        wanted.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                metadata.remove(entry.getKey());
            } else {
                metadata.set(entry.getKey(), entry.getValue());
            }
        });
        fields.set("metadata", metadata);
    }
}
