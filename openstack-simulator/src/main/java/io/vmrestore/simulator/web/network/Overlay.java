package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.other.Thing;
import io.vmrestore.simulator.cloud.other.Things;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.web.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Attributes of networks, subnets, rules and ports that are only shown again, by the resource's id. */
final class Overlay {
    private static final String KIND = "network/overlay";

    private final Cloud cloud;
    private final Things things;

    Overlay(Cloud cloud) {
        this.cloud = cloud;
        this.things = cloud.things();
    }

    /** Puts what is kept for the resource over its view. */
    ObjectNode on(ObjectNode view) {
        things.find(KIND, view.path("id").asString(""))
                .ifPresent(kept -> view.setAll(kept.fields().deepCopy()));
        return view;
    }

    /** Keeps the named fields for the resource, with what is kept already. */
    void keep(Caller caller, String id, ObjectNode fields, List<String> names) {
        ObjectNode chosen = Json.object();
        names.stream().filter(fields::has).forEach(name -> chosen.set(name, fields.get(name)));
        if (chosen.isEmpty()) {
            return;
        }
        Instant now = cloud.engine().now();
        things.put(things.find(KIND, id)
                .map(old -> {
                    ObjectNode all = old.fields().deepCopy();
                    all.setAll(chosen);
                    return old.with(all, now);
                })
                .orElseGet(() ->
                        new Thing(id, KIND, new Owner(caller.projectId(), caller.userId()), chosen, now, now, 0)));
    }

    void forget(String id) {
        things.find(KIND, id).ifPresent(kept -> things.remove(kept.id()));
    }
}
