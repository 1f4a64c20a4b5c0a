package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Identity;
import io.vmrestore.simulator.cloud.identity.Project;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The catalog as Keystone keeps it: regions, services and endpoints; and what a token's owner may choose from. */
final class RegistryApi {
    private static final String PROJECT = "%(project_id)s";

    private final Cloud cloud;

    RegistryApi(Cloud cloud) {
        this.cloud = cloud;
    }

    void register(Routes routes) {
        routes.get("/regions", this::regions)
                .get("/regions/{region}", call -> one(call, "region", regionRows(call), call.path("region")))
                .get("/services", this::services)
                .get("/services/{service}", call -> one(call, "service", serviceRows(call), call.path("service")))
                .get("/endpoints", this::endpoints)
                .get("/endpoints/{endpoint}", call -> one(call, "endpoint", endpointRows(call), call.path("endpoint")))
                .get("/auth/domains", call -> Answer.ok(IdentityViews.whole(call, "domains", List.of())))
                .get("/auth/system", call -> Answer.ok(Json.object("system", Json.array())))
                .get("/limits/model", this::limitsModel)
                .get("/role_inferences", this::inferences)
                .get("/users/{user}/groups", this::groupsOfUser);
    }

    private Answer regions(Call call) {
        return Answer.ok(IdentityViews.list(call, "regions", regionRows(call)));
    }

    private Answer services(Call call) {
        DirectoryApi.requireAdmin(call.caller(), "identity:list_services");
        List<ObjectNode> rows = serviceRows(call).stream()
                .filter(row -> matches(call, row, "type") && matches(call, row, "name"))
                .toList();
        return Answer.ok(IdentityViews.list(call, "services", rows));
    }

    private Answer endpoints(Call call) {
        DirectoryApi.requireAdmin(call.caller(), "identity:list_endpoints");
        List<ObjectNode> rows = endpointRows(call).stream()
                .filter(row -> matches(call, row, "interface")
                        && matches(call, row, "service_id")
                        && matches(call, row, "region_id"))
                .toList();
        return Answer.ok(IdentityViews.list(call, "endpoints", rows));
    }

    private Answer one(Call call, String key, List<ObjectNode> rows, String id) {
        if (!key.equals("region")) {
            DirectoryApi.requireAdmin(call.caller(), "identity:get_" + key);
        }
        return rows.stream()
                .filter(row -> row.path("id").asString("").equals(id))
                .findFirst()
                .map(row -> Answer.ok(Json.object(key, row)))
                .orElseThrow(() -> Refused.notFound("Could not find " + key + ": " + id + "."));
    }

    private List<ObjectNode> regionRows(Call call) {
        Set<String> names = new LinkedHashSet<>();
        catalog(call)
                .forEach(service -> service.path("endpoints")
                        .forEach(
                                endpoint -> names.add(endpoint.path("region_id").asString(""))));
        return names.stream()
                .map(name -> linked(
                        call,
                        "regions",
                        Json.object().put("id", name).put("description", "").putNull("parent_region_id")))
                .toList();
    }

    private List<ObjectNode> serviceRows(Call call) {
        return catalog(call)
                .map(service -> linked(
                        call,
                        "services",
                        Json.object()
                                .put("id", service.path("id").asString(""))
                                .put("name", service.path("name").asString(""))
                                .put("type", service.path("type").asString(""))
                                .put("enabled", true)))
                .toList();
    }

    private List<ObjectNode> endpointRows(Call call) {
        List<ObjectNode> rows = new ArrayList<>();
        catalog(call)
                .forEach(service -> service.path("endpoints").forEach(endpoint -> {
                    ObjectNode row = Json.object()
                            .put("id", endpoint.path("id").asString(""))
                            .put("interface", endpoint.path("interface").asString(""))
                            .put("region_id", endpoint.path("region_id").asString(""))
                            .put("service_id", service.path("id").asString(""));
                    row.set("url", endpoint.get("url"));
                    row.set("region", endpoint.get("region"));
                    rows.add(linked(call, "endpoints", row.put("enabled", true)));
                }));
        return rows;
    }

    /** As it is made for a project, with the place where its id goes. */
    private Stream<JsonNode> catalog(Call call) {
        @Nullable Project own = call.caller().project();
        Project template = new Project(PROJECT, own == null ? "" : own.name(), "", true);
        return Catalog.of(cloud.faults(), call.base(), template).valueStream();
    }

    private Answer limitsModel(Call call) {
        return Answer.ok(Json.object(
                "model",
                Json.object()
                        .put("name", "flat")
                        .put(
                                "description",
                                "Limit enforcement and validation does not take project hierarchy into"
                                        + " consideration.")));
    }

    private Answer inferences(Call call) {
        DirectoryApi.requireAdmin(call.caller(), "identity:list_role_inference_rules");
        Identity identity = cloud.identity();
        List<ObjectNode> rows = identity.roles()
                .filter(role -> identity.withImplied(role).size() > 1)
                .map(role -> inference(call, role, identity.withImplied(role).get(1)))
                .toList();
        return Answer.ok(IdentityViews.whole(call, "role_inferences", rows));
    }

    private static ObjectNode inference(Call call, Role prior, Role implied) {
        ObjectNode row = Json.object("prior_role", IdentityViews.role(call, prior));
        row.set("implies", Json.array().add(IdentityViews.role(call, implied)));
        return row;
    }

    private Answer groupsOfUser(Call call) {
        String id = call.path("user");
        if (!call.caller().userId().equals(id)) {
            DirectoryApi.requireAdmin(call.caller(), "identity:list_groups_for_user");
        }
        cloud.identity().user(id);
        return Answer.ok(IdentityViews.list(call, "groups", List.of()));
    }

    private static boolean matches(Call call, ObjectNode row, String name) {
        @Nullable String wanted = call.query(name);
        return wanted == null || wanted.equals(row.path(name).asString(""));
    }

    private static ObjectNode linked(Call call, String plural, ObjectNode row) {
        row.set(
                "links",
                Json.object()
                        .put(
                                "self",
                                IdentityViews.url(
                                        call, plural + "/" + row.path("id").asString(""))));
        return row;
    }
}
