package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.other.Thing;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.PythonText;
import io.vmrestore.simulator.web.Schema;
import io.vmrestore.simulator.web.Timestamps;
import io.vmrestore.simulator.web.kind.Kind;
import io.vmrestore.simulator.web.kind.Manner;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Nova's way with collections: ids are numbers, and a creation is answered with 200. */
final class ComputeManner implements Manner {
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
    public HttpMethod update() {
        return HttpMethod.PUT;
    }

    @Override
    public Refused unknown(Kind kind, ObjectNode body, List<String> names) {
        return Schema.invalid(
                kind.singular(),
                PythonText.of(body),
                "Additional properties are not allowed ('" + names.getFirst() + "' was unexpected)");
    }

    @Override
    public Refused required(Kind kind, ObjectNode body, String name) {
        return Schema.invalid(kind.singular(), PythonText.of(body), "'" + name + "' is a required property");
    }

    @Override
    public Refused invalid(Kind kind, String name, JsonNode value, String reason) {
        return Schema.invalid(name, PythonText.of(value), reason);
    }

    @Override
    public Refused forbidden(Kind kind, String verb) {
        String rule = verb.equals("get") ? "index" : verb;
        return Refused.forbidden(
                "Policy doesn't allow os_compute_api:" + kind.path().substring(1) + ":" + rule + " to be performed.");
    }
}
