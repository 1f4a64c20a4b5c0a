package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.other.Thing;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Timestamps;
import io.vmrestore.simulator.web.kind.Kind;
import io.vmrestore.simulator.web.kind.SchemaManner;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Nova's way with collections: ids are numbers, and a creation is answered with 200. */
final class ComputeManner extends SchemaManner {
    @Override
    public String service() {
        return "compute";
    }

    @Override
    public Answer list(Call call, Kind kind, Stream<ObjectNode> rows) {
        return Answer.ok(Json.object(kind.plural(), Json.array(rows.toList())));
    }

    @Override
    public ObjectNode view(Call call, Kind kind, Thing thing) {
        ObjectNode view = Json.object().put("id", Long.parseLong(thing.id()));
        view.setAll(thing.fields().deepCopy());
        return view.put("created_at", Timestamps.stored(thing.createdAt()))
                .put("updated_at", thing.revision() == 0 ? null : Timestamps.stored(thing.updatedAt()))
                .put("deleted", false)
                .putNull("deleted_at");
    }

    @Override
    public String id(String uuid) {
        return Integer.toString(uuid.hashCode() >>> 1);
    }

    @Override
    public int created() {
        return 200;
    }

    @Override
    public int deleted() {
        return 200;
    }

    @Override
    public Refused forbidden(Kind kind, String verb) {
        String rule = verb.equals("get") ? "index" : verb;
        return Refused.forbidden(
                "Policy doesn't allow os_compute_api:" + kind.path().substring(1) + ":" + rule + " to be performed.");
    }
}
