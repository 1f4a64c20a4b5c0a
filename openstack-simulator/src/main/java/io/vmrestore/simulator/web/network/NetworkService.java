package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Dispatcher;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Service;
import io.vmrestore.simulator.web.kind.KindsApi;
import java.util.List;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.node.ObjectNode;

/** Neutron. */
public final class NetworkService implements Service {
    private final Cloud cloud;

    public NetworkService(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public Routes routes(Dispatcher dispatcher) {
        Extensions extensions = new Extensions(cloud.faults());
        Routes routes = new Routes(dispatcher, new NetworkDialect(), List.of("/v2.0"), extensions::guarded);
        routes.open(HttpMethod.GET, "", this::versions)
                .open(HttpMethod.GET, "/", this::versions)
                .guardedDocument("/v2.0", this::resources)
                .guardedDocument("/v2.0/", this::resources);
        Overlay overlay = new Overlay(cloud);
        new PortsApi(cloud, overlay).register(routes);
        new NetworksApi(cloud, overlay).register(routes);
        new SubnetsApi(cloud, overlay).register(routes);
        new SecurityGroupsApi(cloud, overlay).register(routes);
        new TagsApi(cloud, overlay).register(routes);
        new KindsApi(cloud, new NetworkManner(), new NetworkDialect()).register(routes, NetworkKinds.KEPT);
        new FloatingIpsApi(cloud, overlay).register(routes);
        new NetworkQuotasApi(cloud, extensions).register(routes);
        return routes;
    }

    private Answer versions(Call call) {
        ObjectNode version = Json.object().put("id", "v2.0").put("status", "CURRENT");
        version.set("links", Json.array().add(Json.link("self", call.base() + "/network/v2.0/")));
        return Answer.ok(Json.object("versions", Json.array().add(version)));
    }

    private Answer resources(Call call) {
        return Answer.ok(Json.object("resources", Json.array()));
    }
}
