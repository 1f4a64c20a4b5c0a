package io.vmrestore.simulator.web.kind;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.other.Thing;
import io.vmrestore.simulator.cloud.other.Things;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Dialect;
import io.vmrestore.simulator.web.Endpoint;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The calls of described collections: lists, creation, single ones, changes and deletion. */
public final class KindsApi {
    private final Cloud cloud;
    private final Things things;
    private final Manner manner;
    private final Dialect dialect;
    private final Bodies bodies;

    public KindsApi(Cloud cloud, Manner manner, Dialect dialect) {
        this.cloud = cloud;
        this.things = cloud.things();
        this.manner = manner;
        this.dialect = dialect;
        this.bodies = new Bodies(manner);
    }

    /** Adds every call of the kinds. */
    public void register(Routes routes, List<Kind> kinds) {
        for (Kind kind : kinds) { // Lists first: the last word of a list's path is no id.
            routes.get(kind.path(), from(kind, call -> manner.list(call, kind, rows(call, kind))));
            if (kind.creation() == Kind.Creation.BY_CLIENTS) {
                routes.post(kind.path(), from(kind, call -> create(call, kind)));
            }
        }
        kinds.forEach(kind -> registerOne(routes, kind, kind.path() + "/{id}"));
    }

    private void registerOne(Routes routes, Kind kind, String path) {
        routes.get(path, from(kind, call -> shown(call, kind, visible(call, kind), 200)));
        if (kind.creation() == Kind.Creation.BY_CLIENTS) {
            routes.add(manner.update(), path, from(kind, call -> update(call, kind)))
                    .delete(path, from(kind, call -> delete(call, kind)));
        }
    }

    private Endpoint from(Kind kind, Endpoint endpoint) {
        return call -> call.version().atLeast(kind.since()) ? endpoint.handle(call) : dialect.notRouted();
    }

    private Stream<ObjectNode> rows(Call call, Kind kind) {
        if (kind.access() == Kind.Access.ADMIN && !call.caller().isAdmin()) {
            throw manner.forbidden(kind, "get");
        }
        return things.ofKind(key(kind))
                .filter(thing -> sees(call, kind, thing))
                .map(thing -> manner.view(call, kind, thing));
    }

    private Answer create(Call call, Kind kind) {
        ObjectNode wanted = call.json(kind.singular());
        requireChange(call, kind, "create");
        ObjectNode fields = bodies.creation(kind, wanted);
        Instant now = cloud.engine().now();
        @Nullable String project = Json.text(wanted, "project_id");
        String own = call.caller().project() == null ? "" : call.caller().projectId();
        Owner owner = new Owner(
                project == null || !call.caller().isAdmin() ? own : project,
                call.caller().userId());
        Thing thing = new Thing(manner.id(cloud.engine().newId()), key(kind), owner, fields, now, now, 0);
        return shown(call, kind, things.put(thing), manner.created());
    }

    private Answer update(Call call, Kind kind) {
        ObjectNode wanted = call.json(kind.singular());
        Thing thing = visible(call, kind);
        requireChange(call, kind, "update");
        ObjectNode fields = thing.fields().deepCopy();
        fields.setAll(bodies.change(kind, wanted));
        return shown(call, kind, things.put(thing.with(fields, cloud.engine().now())), 200);
    }

    private Answer delete(Call call, Kind kind) {
        Thing thing = visible(call, kind);
        requireChange(call, kind, "delete");
        things.remove(thing.id());
        return Answer.empty(manner.deleted());
    }

    private Answer shown(Call call, Kind kind, Thing thing, int status) {
        return Answer.of(status, Json.object(kind.singular(), manner.view(call, kind, thing)));
    }

    private Thing visible(Call call, Kind kind) {
        if (kind.access() == Kind.Access.ADMIN && !call.caller().isAdmin()) {
            throw manner.forbidden(kind, "get");
        }
        String id = call.path("id");
        return things.find(key(kind), id)
                .filter(thing -> sees(call, kind, thing))
                .orElseThrow(() -> manner.missing(kind, id));
    }

    private static boolean sees(Call call, Kind kind, Thing thing) {
        return kind.access() != Kind.Access.PROJECT
                || call.caller().sees(thing.owner().projectId());
    }

    private void requireChange(Call call, Kind kind, String verb) {
        boolean may = kind.access() == Kind.Access.PROJECT
                ? call.caller().mayChange()
                : call.caller().isAdmin();
        if (!may) {
            throw manner.forbidden(kind, verb);
        }
    }

    private String key(Kind kind) {
        return manner.service() + kind.path();
    }
}
