package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.other.Thing;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Timestamps;
import io.vmrestore.simulator.web.kind.Field;
import io.vmrestore.simulator.web.kind.Kind;
import io.vmrestore.simulator.web.kind.Manner;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Neutron's way with collections; {@link Kind#missing} is the type of its error, a bar and the words. */
final class NetworkManner implements Manner {
    private static final Set<String> STANDARD = Set.of(
            "id",
            "tenant_id",
            "project_id",
            "name",
            "description",
            "tags",
            "revision_number",
            "created_at",
            "updated_at");
    private static final Set<String> IGNORED = Set.of("tenant_id", "project_id", "tags");

    @Override
    public String service() {
        return "network";
    }

    @Override
    public Answer list(Call call, Kind kind, Stream<ObjectNode> rows) {
        Set<String> attributes = new TreeSet<>(STANDARD);
        kind.fields().stream().map(Field::name).forEach(attributes::add);
        return NetworkLists.answer(call, kind.plural(), rows, attributes, id -> missing(kind, id));
    }

    @Override
    public ObjectNode view(Call call, Kind kind, Thing thing) {
        ObjectNode view = Json.object()
                .put("id", thing.id())
                .put("tenant_id", thing.owner().projectId());
        view.setAll(thing.fields().deepCopy());
        view.set("tags", Json.array());
        return view.put("created_at", Timestamps.seconds(thing.createdAt()))
                .put("updated_at", Timestamps.seconds(thing.updatedAt()))
                .put("revision_number", thing.revision())
                .put("project_id", thing.owner().projectId());
    }

    @Override
    public int created() {
        return 201;
    }

    @Override
    public int deleted() {
        return 204;
    }

    @Override
    public HttpMethod update() {
        return HttpMethod.PUT;
    }

    @Override
    public boolean isIgnored(String name) {
        return IGNORED.contains(name);
    }

    @Override
    public Refused unknown(Kind kind, ObjectNode body, List<String> names) {
        return Refused.badRequest("Unrecognized attribute(s) '" + String.join(", ", names) + "'");
    }

    @Override
    public Refused required(Kind kind, ObjectNode body, String name) {
        return Refused.badRequest("Failed to parse request. Required attribute '" + name + "' not specified");
    }

    @Override
    public Refused invalid(Kind kind, String name, JsonNode value, String reason) {
        return Refused.badRequest("Invalid input for " + name + ". Reason: " + reason);
    }

    @Override
    public Refused forbidden(Kind kind, String verb) {
        return Refused.forbidden(
                "rule:" + verb + "_" + kind.singular().toLowerCase(Locale.ROOT) + " is disallowed by policy");
    }

    @Override
    public Refused missing(Kind kind, String id) {
        String[] typeAndWords = kind.missing().split("\\|", 2);
        return Refused.notFound(typeAndWords[0], typeAndWords[1].formatted(id));
    }
}
