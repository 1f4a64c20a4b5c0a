package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Assignment;
import io.vmrestore.simulator.cloud.identity.Identity;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who has which role where: an admin of any project may grant on every other. */
final class GrantsApi {
    private static final String ONE = "/projects/{project}/users/{user}/roles/{role}";

    private final Identity identity;

    GrantsApi(Cloud cloud) {
        this.identity = cloud.identity();
    }

    void register(Routes routes) {
        routes.put(ONE, this::grant)
                .head(ONE, this::check)
                .get(ONE, this::check)
                .delete(ONE, this::revoke)
                .get("/projects/{project}/users/{user}/roles", this::rolesOfUser)
                .get("/role_assignments", this::assignments);
    }

    private Answer grant(Call call) {
        DirectoryApi.requireAdmin(call.caller(), "identity:create_grant");
        identity.grant(call.path("project"), call.path("user"), call.path("role"));
        return Answer.empty(204);
    }

    private Answer check(Call call) {
        DirectoryApi.requireAdmin(call.caller(), "identity:check_grant");
        identity.requireGrant(call.path("project"), call.path("user"), call.path("role"));
        return Answer.empty(204);
    }

    private Answer revoke(Call call) {
        DirectoryApi.requireAdmin(call.caller(), "identity:revoke_grant");
        identity.revoke(call.path("project"), call.path("user"), call.path("role"));
        return Answer.empty(204);
    }

    private Answer rolesOfUser(Call call) {
        DirectoryApi.requireAdmin(call.caller(), "identity:list_grants");
        String project = identity.project(call.path("project")).id();
        String user = identity.user(call.path("user")).id();
        List<ObjectNode> roles = identity.grantedRoles(user, project).stream()
                .map(role -> IdentityViews.role(call, role))
                .toList();
        return Answer.ok(IdentityViews.list(call, "roles", roles));
    }

    private Answer assignments(Call call) {
        DirectoryApi.requireAdmin(call.caller(), "identity:list_role_assignments");
        boolean effective = flag(call, "effective");
        @Nullable String user = call.query("user.id");
        if (effective && user != null) {
            identity.user(user); // It is asked for the user's groups.
        }
        List<ObjectNode> found = new ArrayList<>();
        identity.assignments()
                .filter(assignment -> matches(call, "user.id", assignment.userId()))
                .filter(assignment -> matches(call, "scope.project.id", assignment.projectId()))
                .forEach(assignment -> {
                    Role granted = identity.role(assignment.roleId());
                    List<Role> shown = effective ? identity.withImplied(granted) : List.of(granted);
                    shown.stream()
                            .filter(role -> matches(call, "role.id", role.id()))
                            .forEach(role -> found.add(view(call, assignment, granted, role)));
                });
        return Answer.ok(IdentityViews.whole(call, "role_assignments", found));
    }

    private ObjectNode view(Call call, Assignment assignment, Role granted, Role shown) {
        boolean names = flag(call, "include_names");
        ObjectNode links = Json.object()
                .put(
                        "assignment",
                        IdentityViews.url(
                                call,
                                "projects/" + assignment.projectId() + "/users/" + assignment.userId() + "/roles/"
                                        + granted.id()));
        if (!shown.id().equals(granted.id())) {
            links.put("prior_role", IdentityViews.url(call, "prior_role/" + shown.id() + "/implies/" + granted.id()));
        }
        ObjectNode project = Json.object().put("id", assignment.projectId());
        ObjectNode user = Json.object().put("id", assignment.userId());
        ObjectNode role = Json.object().put("id", shown.id());
        if (names) {
            project.put("name", identity.project(assignment.projectId()).name());
            project.set("domain", IdentityViews.domain());
            user.put("name", identity.user(assignment.userId()).name());
            user.set("domain", IdentityViews.domain());
            role.put("name", shown.name());
        }
        ObjectNode view = Json.object("links", links);
        view.set("scope", Json.object("project", project));
        view.set("user", user);
        view.set("role", role);
        return view;
    }

    /** A flag is set unless it is "0": even "false" sets it. */
    private static boolean flag(Call call, String name) {
        return call.allQueries().containsKey(name) && !"0".equals(call.query(name));
    }

    private static boolean matches(Call call, String name, String value) {
        String wanted = call.query(name);
        return wanted == null || wanted.equals(value);
    }
}
