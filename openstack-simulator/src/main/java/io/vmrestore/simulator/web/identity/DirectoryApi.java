package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.identity.Identity;
import io.vmrestore.simulator.cloud.identity.Project;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.cloud.identity.User;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Users, projects, roles and domains: looked up by id and by name. */
final class DirectoryApi {
    private final Identity identity;

    DirectoryApi(Cloud cloud) {
        this.identity = cloud.identity();
    }

    void register(Routes routes) {
        routes.get("/users", this::users)
                .get("/users/{user}", this::user)
                .get("/users/{user}/projects", this::projectsOfUser)
                .get("/projects", this::projects)
                .get("/projects/{project}", this::project)
                .post("/projects", this::createProject)
                .patch("/projects/{project}", this::changeProject)
                .get("/roles", this::roles)
                .get("/roles/{role}", this::role)
                .get("/domains", this::domains)
                .get("/domains/{domain}", this::domain);
    }

    private Answer users(Call call) {
        requireAdmin(call.caller(), "identity:list_users");
        List<ObjectNode> found = identity.users()
                .filter(user -> wanted(call, user.name()))
                .map(user -> IdentityViews.user(call, user))
                .toList();
        return Answer.ok(IdentityViews.list(call, "users", found));
    }

    private Answer user(Call call) {
        String id = call.path("user");
        if (!call.caller().userId().equals(id)) {
            requireAdmin(call.caller(), "identity:get_user");
        }
        User user = identity.user(id);
        return Answer.ok(Json.object("user", IdentityViews.user(call, user)));
    }

    private Answer projectsOfUser(Call call) {
        String id = call.path("user");
        if (!call.caller().userId().equals(id)) {
            requireAdmin(call.caller(), "identity:list_user_projects");
        }
        List<ObjectNode> found = identity.projectsOf(id).stream()
                .map(project -> IdentityViews.project(call, project))
                .toList();
        return Answer.ok(IdentityViews.list(call, "projects", found));
    }

    private Answer projects(Call call) {
        requireAdmin(call.caller(), "identity:list_projects");
        List<ObjectNode> found = identity.projects()
                .filter(project -> wanted(call, project.name()))
                .map(project -> IdentityViews.project(call, project))
                .toList();
        return Answer.ok(IdentityViews.list(call, "projects", found));
    }

    private Answer project(Call call) {
        String id = call.path("project");
        Project own = call.caller().project();
        if (own == null || !own.id().equals(id)) {
            requireAdmin(call.caller(), "identity:get_project");
        }
        return Answer.ok(Json.object("project", IdentityViews.project(call, identity.project(id))));
    }

    private Answer createProject(Call call) {
        ObjectNode wanted = call.json("project");
        requireAdmin(call.caller(), "identity:create_project");
        @Nullable String name = Json.text(wanted, "name");
        if (name == null || name.isBlank()) {
            throw Refused.badRequest("'name' is a required property");
        }
        if (identity.projects().anyMatch(project -> project.name().equals(name))) {
            throw Refused.conflict("Conflict occurred attempting to store project - it is not permitted to have two"
                    + " projects with the same name in the same domain : " + name + ".");
        }
        Project made = changed(identity.newProject(name), wanted);
        identity.replace(made);
        return Answer.of(201, Json.object("project", IdentityViews.project(call, made)));
    }

    private Answer changeProject(Call call) {
        ObjectNode wanted = call.json("project");
        requireAdmin(call.caller(), "identity:update_project");
        Project changed = changed(identity.project(call.path("project")), wanted);
        identity.replace(changed);
        return Answer.ok(Json.object("project", IdentityViews.project(call, changed)));
    }

    /** The project with what the body mentions. */
    private static Project changed(Project project, ObjectNode wanted) {
        @Nullable String name = Json.text(wanted, "name");
        @Nullable String description = Json.text(wanted, "description");
        @Nullable Boolean enabled = Json.bool(wanted, "enabled");
        return new Project(
                project.id(),
                name == null ? project.name() : name,
                description == null ? project.description() : description,
                enabled == null ? project.enabled() : enabled);
    }

    private Answer roles(Call call) {
        requireAdmin(call.caller(), "identity:list_roles");
        List<ObjectNode> found = identity.roles()
                .filter(role -> wanted(call, role.name()))
                .map(role -> IdentityViews.role(call, role))
                .toList();
        return Answer.ok(IdentityViews.list(call, "roles", found));
    }

    private Answer role(Call call) {
        requireAdmin(call.caller(), "identity:get_role");
        Role role = identity.role(call.path("role"));
        return Answer.ok(Json.object("role", IdentityViews.role(call, role)));
    }

    private Answer domains(Call call) {
        requireAdmin(call.caller(), "identity:list_domains");
        List<ObjectNode> found = wanted(call, Identity.DOMAIN_NAME)
                ? List.of(IdentityViews.domain().put("enabled", true))
                : List.of();
        return Answer.ok(IdentityViews.list(call, "domains", found));
    }

    private Answer domain(Call call) {
        if (!call.path("domain").equals(Identity.DOMAIN_ID)) {
            throw Refused.notFound("Could not find domain: " + call.path("domain") + ".");
        }
        return Answer.ok(Json.object("domain", IdentityViews.domain().put("enabled", true)));
    }

    private static boolean wanted(Call call, String name) {
        String domain = call.query("domain_id");
        if (domain != null && !domain.equals(Identity.DOMAIN_ID)) {
            return false;
        }
        String filter = call.query("name");
        return filter == null || filter.equalsIgnoreCase(name);
    }

    static void requireAdmin(Caller caller, String rule) {
        if (!caller.isAdmin()) {
            throw Refused.forbidden("You are not authorized to perform the requested action: " + rule + ".");
        }
    }
}
