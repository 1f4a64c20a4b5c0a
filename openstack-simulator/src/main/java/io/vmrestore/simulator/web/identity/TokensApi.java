package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.identity.Identity;
import io.vmrestore.simulator.cloud.identity.Project;
import io.vmrestore.simulator.cloud.identity.Scope;
import io.vmrestore.simulator.cloud.identity.Token;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Timestamps;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /auth/...}: logging in, checking and revoking tokens, and what a token is good for. */
final class TokensApi {
    private final Cloud cloud;

    TokensApi(Cloud cloud) {
        this.cloud = cloud;
    }

    void register(Routes routes) {
        routes.open(HttpMethod.POST, "/v3/auth/tokens", this::issue)
                .get("/auth/tokens", this::validate)
                .head("/auth/tokens", this::validate)
                .delete("/auth/tokens", this::revoke)
                .get("/auth/catalog", this::catalog)
                .get("/auth/projects", this::projects);
    }

    private Answer issue(Call call) {
        JsonNode auth = call.json().path("auth");
        if (!auth.path("identity").isObject()) {
            throw Refused.badRequest("'identity' is a required property");
        }
        JsonNode identity = auth.path("identity");
        for (String method : Json.list(identity, "methods")) {
            if (!identity.has(method)) {
                throw Refused.badRequest(
                        "Expecting to find " + method + " in identity. The server could not comply with the request"
                                + " since it is either malformed or otherwise incorrect. The"
                                + " client is assumed to be in error.");
            }
        }
        Scope scope = scope(auth.path("scope"));
        Caller caller;
        if (Json.list(identity, "methods").contains("password")) {
            JsonNode user = identity.path("password").path("user");
            requireKnownDomain(user.path("domain"));
            String password = Json.text(user, "password");
            caller = cloud.tokens()
                    .byPassword(
                            Json.text(user, "id"), Json.text(user, "name"), password == null ? "" : password, scope);
        } else if (Json.list(identity, "methods").contains("token")) {
            String token = Json.text(identity.path("token"), "id");
            caller = cloud.tokens().byToken(token == null ? "" : token, scope);
        } else {
            throw Refused.unauthorized();
        }
        return Answer.of(201, body(call, caller))
                .with("X-Subject-Token", caller.token().id());
    }

    private Answer validate(Call call) {
        Caller subject = cloud.tokens().validate(call.header("X-Subject-Token"));
        return Answer.ok(body(call, subject))
                .with("X-Subject-Token", subject.token().id());
    }

    private Answer revoke(Call call) {
        cloud.tokens().revoke(call.header("X-Subject-Token"));
        return Answer.empty(204);
    }

    private Answer catalog(Call call) {
        Project project = call.caller().project();
        if (project == null) {
            throw Refused.forbidden("The request you have made requires a project-scoped token.");
        }
        ObjectNode body = Json.object("catalog", Catalog.of(cloud.faults(), call.base(), project));
        body.set("links", Json.object().put("self", IdentityViews.self(call)));
        return Answer.ok(body);
    }

    private Answer projects(Call call) {
        var views = cloud.identity().projectsOf(call.caller().userId()).stream()
                .map(project -> IdentityViews.project(call, project))
                .toList();
        return Answer.ok(IdentityViews.list(call, "projects", views));
    }

    private static Scope scope(JsonNode scope) {
        JsonNode project = scope.path("project");
        if (project.isMissingNode()) {
            return new Scope.Unscoped();
        }
        requireKnownDomain(project.path("domain"));
        return new Scope.OfProject(Json.text(project, "id"), Json.text(project, "name"));
    }

    private static void requireKnownDomain(JsonNode domain) {
        if (domain instanceof MissingNode) {
            return;
        }
        @Nullable String id = Json.text(domain, "id");
        @Nullable String name = Json.text(domain, "name");
        if (!Identity.DOMAIN_ID.equals(id) && !Identity.DOMAIN_NAME.equalsIgnoreCase(name)) {
            throw Refused.unauthorized();
        }
    }

    private ObjectNode body(Call call, Caller caller) {
        Token token = caller.token();
        ObjectNode view = Json.object();
        view.set("methods", Json.strings(token.methods()));
        ObjectNode user = Json.object();
        user.set("domain", IdentityViews.domain());
        user.put("id", caller.userId()).put("name", caller.user().name()).putNull("password_expires_at");
        view.set("user", user);
        view.set("audit_ids", Json.strings(token.auditIds()));
        view.put("expires_at", Timestamps.identity(token.expiresAt()));
        view.put("issued_at", Timestamps.identity(token.issuedAt()));
        Project project = caller.project();
        if (project != null) {
            ObjectNode scope = Json.object();
            scope.set("domain", IdentityViews.domain());
            view.set("project", scope.put("id", project.id()).put("name", project.name()));
            view.put("is_domain", false);
            view.set(
                    "roles",
                    Json.array(caller.roles().stream()
                            .map(role -> Json.object().put("id", role.id()).put("name", role.name()))
                            .toList()));
            if (!call.allQueries().containsKey("nocatalog")) {
                view.set("catalog", Catalog.of(cloud.faults(), call.base(), project));
            }
        }
        return Json.object("token", view);
    }
}
