package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.cloud.identity.Identity;
import io.vmrestore.simulator.cloud.identity.Project;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.cloud.identity.User;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Paging;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Keystone's resources as JSON. */
final class IdentityViews {
    private IdentityViews() {}

    static ObjectNode domain() {
        return Json.object().put("id", Identity.DOMAIN_ID).put("name", Identity.DOMAIN_NAME);
    }

    static ObjectNode project(Call call, Project project) {
        ObjectNode view = Json.object()
                .put("id", project.id())
                .put("name", project.name())
                .put("domain_id", Identity.DOMAIN_ID)
                .put("description", project.description())
                .put("enabled", project.enabled())
                .put("parent_id", Identity.DOMAIN_ID)
                .put("is_domain", false);
        view.set("tags", Json.array());
        view.set("options", Json.object());
        return linked(call, view, "projects/" + project.id());
    }

    static ObjectNode user(Call call, User user) {
        ObjectNode view = Json.object()
                .put("id", user.id())
                .put("name", user.name())
                .put("domain_id", Identity.DOMAIN_ID)
                .put("enabled", user.enabled())
                .putNull("password_expires_at");
        view.set("options", Json.object());
        return linked(call, view, "users/" + user.id());
    }

    static ObjectNode role(Call call, Role role) {
        ObjectNode view = Json.object()
                .put("id", role.id())
                .put("name", role.name())
                .putNull("domain_id")
                .putNull("description");
        view.set("options", Json.object().put("immutable", true));
        return linked(call, view, "roles/" + role.id());
    }

    /** A page of a list with its links; the recorded release gives lists as a whole, later ones page. */
    static ObjectNode list(Call call, String key, List<ObjectNode> items) {
        Paging.Page<ObjectNode> page = Paging.page(
                call,
                items,
                item -> item.path("id").asString(""),
                marker -> Refused.badRequest("marker [" + marker + "] not found"));
        return list(call, key, page.items(), page.next());
    }

    /** A list that is never cut into pages. */
    static ObjectNode whole(Call call, String key, List<ObjectNode> items) {
        return list(call, key, items, null);
    }

    private static ObjectNode list(Call call, String key, List<ObjectNode> items, @Nullable String next) {
        ObjectNode body = Json.object(key, Json.array(items));
        body.set(
                "links", Json.object().put("next", next).put("self", self(call)).putNull("previous"));
        return body;
    }

    static String self(Call call) {
        return call.base() + call.target();
    }

    static String url(Call call, String path) {
        return call.base() + "/identity/v3/" + path;
    }

    private static ObjectNode linked(Call call, ObjectNode view, String path) {
        view.set("links", Json.object().put("self", url(call, path)));
        return view;
    }
}
