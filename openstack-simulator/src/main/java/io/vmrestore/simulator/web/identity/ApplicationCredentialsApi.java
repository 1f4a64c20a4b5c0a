package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.cloud.other.Thing;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /users/{id}/application_credentials}: kept and shown; nobody can log in with one. */
final class ApplicationCredentialsApi {
    private static final String KIND = "identity/application_credentials";
    private static final String ALL = "/users/{user}/application_credentials";
    private static final String ONE = ALL + "/{id}";

    private final Cloud cloud;

    ApplicationCredentialsApi(Cloud cloud) {
        this.cloud = cloud;
    }

    void register(Routes routes) {
        routes.get(ALL, this::list)
                .post(ALL, this::create)
                .get(ONE, call -> Answer.ok(Json.object("application_credential", view(call, one(call)))))
                .delete(ONE, this::delete);
    }

    private Answer list(Call call) {
        @Nullable String name = call.query("name");
        List<ObjectNode> rows = ofUser(call, "list_application_credentials")
                .filter(one ->
                        name == null || name.equals(one.fields().path("name").asString("")))
                .map(one -> view(call, one))
                .toList();
        return Answer.ok(IdentityViews.list(call, "application_credentials", rows));
    }

    private Answer create(Call call) {
        ObjectNode wanted = call.json("application_credential");
        String user = requireOwn(call, "create_application_credential", false);
        @Nullable String name = Json.text(wanted, "name");
        if (name == null || name.isBlank()) {
            throw Refused.badRequest("'name' is a required property");
        }
        boolean taken = ofUser(call, "create_application_credential")
                .anyMatch(one -> name.equals(one.fields().path("name").asString("")));
        if (taken) {
            throw Refused.conflict("Conflict occurred attempting to store application_credential - Duplicate entry"
                    + " found with name " + name + ".");
        }
        Instant now = cloud.engine().now();
        ObjectNode fields = Json.object()
                .put("name", name)
                .put("description", Json.text(wanted, "description"))
                .put("expires_at", Json.text(wanted, "expires_at"))
                .put("unrestricted", Json.bool(wanted, "unrestricted"));
        fields.set(
                "roles",
                Json.array(call.caller().roles().stream()
                        .map((Role role) -> IdentityViews.role(call, role))
                        .toList()));
        Thing made = cloud.things()
                .put(new Thing(
                        cloud.engine().newId().replace("-", ""),
                        KIND,
                        new Owner(call.caller().projectId(), user),
                        fields,
                        now,
                        now,
                        0));
        String secret = Objects.requireNonNullElseGet(
                Json.text(wanted, "secret"),
                () -> HexFormat.of().toHexDigits(cloud.engine().random().nextLong()));
        return Answer.of(
                201, Json.object("application_credential", view(call, made).put("secret", secret)));
    }

    private Answer delete(Call call) {
        Thing one = one(call);
        requireOwn(call, "delete_application_credential", true);
        cloud.things().remove(one.id());
        return Answer.empty(204);
    }

    private Thing one(Call call) {
        String id = call.path("id");
        return ofUser(call, "get_application_credential")
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refused.notFound("Could not find Application Credential: " + id + "."));
    }

    private Stream<Thing> ofUser(Call call, String rule) {
        String user = requireOwn(call, rule, true);
        return cloud.things().ofKind(KIND).filter(one -> one.owner().userId().equals(user));
    }

    private static String requireOwn(Call call, String rule, boolean adminsToo) {
        String user = call.path("user");
        if (!user.equals(call.caller().userId()) && !(adminsToo && call.caller().isAdmin())) {
            throw Refused.forbidden("You are not authorized to perform the requested action: identity:" + rule + ".");
        }
        return user;
    }

    private static ObjectNode view(Call call, Thing one) {
        ObjectNode view = Json.object()
                .put("id", one.id())
                .put("user_id", one.owner().userId())
                .put("project_id", one.owner().projectId())
                .putNull("system");
        view.setAll(one.fields().deepCopy());
        view.set("links", Json.object().put("self", IdentityViews.url(call, "application_credentials/" + one.id())));
        return view;
    }
}
