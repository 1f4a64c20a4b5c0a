package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Dispatcher;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Service;
import io.vmrestore.simulator.web.kind.KindsApi;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.node.ObjectNode;

/** Keystone. */
public final class IdentityService implements Service {
    private final Cloud cloud;

    public IdentityService(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public Routes routes(Dispatcher dispatcher) {
        Routes routes = new Routes(dispatcher, new IdentityDialect(), "/v3");
        routes.open(HttpMethod.GET, "", this::versions)
                .open(HttpMethod.GET, "/", this::versions)
                .open(HttpMethod.GET, "/v3", this::version)
                .open(HttpMethod.GET, "/v3/", this::version);
        new TokensApi(cloud).register(routes);
        new DirectoryApi(cloud).register(routes);
        new GrantsApi(cloud).register(routes);
        new RegistryApi(cloud).register(routes);
        new ApplicationCredentialsApi(cloud).register(routes);
        new KindsApi(cloud, new IdentityManner(), new IdentityDialect()).register(routes, IdentityKinds.KEPT);
        return routes;
    }

    private Answer versions(Call call) {
        ObjectNode values = Json.object("values", Json.array().add(document(call)));
        return Answer.of(300, Json.object("versions", values)).with("Location", call.base() + "/identity/v3/");
    }

    private Answer version(Call call) {
        return Answer.ok(Json.object("version", document(call)));
    }

    private static ObjectNode document(Call call) {
        ObjectNode version =
                Json.object().put("id", "v3.14").put("status", "stable").put("updated", "2020-04-07T00:00:00Z");
        version.set("links", Json.array().add(Json.link("self", call.base() + "/identity/v3/")));
        version.set(
                "media-types",
                Json.array()
                        .add(Json.object()
                                .put("base", "application/json")
                                .put("type", "application/vnd.openstack.identity-v3+json")));
        return version;
    }
}
