package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.cloud.identity.Identity;
import io.vmrestore.simulator.cloud.other.Thing;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.kind.Kind;
import io.vmrestore.simulator.web.kind.Manner;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keystone's way with collections: ids without dashes, links, changes by PATCH. */
final class IdentityManner implements Manner {
    @Override
    public String service() {
        return "identity";
    }

    @Override
    public Answer list(Call call, Kind kind, Stream<ObjectNode> rows) {
        return Answer.ok(IdentityViews.list(
                call,
                kind.plural(),
                rows.filter(row -> isWanted(call, kind, row)).toList()));
    }

    private static boolean isWanted(Call call, Kind kind, ObjectNode row) {
        return kind.fields().stream().allMatch(field -> {
            String wanted = call.query(field.name());
            return wanted == null || wanted.equals(row.path(field.name()).asString(""));
        });
    }

    @Override
    public ObjectNode view(Call call, Kind kind, Thing thing) {
        ObjectNode view = Json.object().put("id", thing.id());
        view.setAll(thing.fields().deepCopy());
        if (view.path("domain_id").isNull()) {
            view.put("domain_id", Identity.DOMAIN_ID);
        }
        view.set(
                "links",
                Json.object().put("self", IdentityViews.url(call, kind.path().substring(1) + "/" + thing.id())));
        return view;
    }

    @Override
    public String id(String uuid) {
        return uuid.replace("-", "");
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
        return HttpMethod.PATCH;
    }

    @Override
    public Refused unknown(Kind kind, ObjectNode body, List<String> names) {
        return Refused.badRequest("Additional properties are not allowed ('" + names.getFirst() + "' was unexpected)");
    }

    @Override
    public Refused required(Kind kind, ObjectNode body, String name) {
        return Refused.badRequest("'" + name + "' is a required property");
    }

    @Override
    public Refused invalid(Kind kind, String name, JsonNode value, String reason) {
        return Refused.badRequest("Invalid input for field '" + name + "': " + reason);
    }

    @Override
    public Refused forbidden(Kind kind, String verb) {
        String rule = verb.equals("get") ? "list_" + kind.plural() : verb + "_" + kind.singular();
        return Refused.forbidden("You are not authorized to perform the requested action: identity:" + rule + ".");
    }
}
