package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.cloud.other.Thing;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.kind.Kind;
import io.vmrestore.simulator.web.kind.SchemaManner;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Cinder's way with collections. */
final class VolumeManner extends SchemaManner {
    @Override
    public String service() {
        return "volume";
    }

    @Override
    public Answer list(Call call, Kind kind, Stream<ObjectNode> rows) {
        return Answer.ok(Json.object(kind.plural(), Json.array(rows.toList())));
    }

    @Override
    public ObjectNode view(Call call, Kind kind, Thing thing) {
        ObjectNode view = Json.object().put("id", thing.id());
        view.setAll(thing.fields().deepCopy());
        return view;
    }

    @Override
    public int created() {
        return 200;
    }

    @Override
    public int deleted() {
        return 202;
    }

    @Override
    public Refused forbidden(Kind kind, String verb) {
        String rule = verb.equals("get") ? "get_all" : verb;
        return Refused.forbidden(
                "Policy doesn't allow volume_extension:" + kind.plural() + "_manage:" + rule + " to be performed.");
    }
}
