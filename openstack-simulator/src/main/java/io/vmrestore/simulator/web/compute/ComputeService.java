package io.vmrestore.simulator.web.compute;

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

/** Nova. */
public final class ComputeService implements Service {
    private final Cloud cloud;

    public ComputeService(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public Routes routes(Dispatcher dispatcher) {
        Routes routes = new Routes(dispatcher, new ComputeDialect(), List.of("/v2.1"), ComputeQueries::checked);
        routes.open(HttpMethod.GET, "", this::versions)
                .open(HttpMethod.GET, "/", this::versions)
                .open(HttpMethod.GET, "/v2.1", this::version)
                .open(HttpMethod.GET, "/v2.1/", this::version);
        new ServersApi(cloud).register(routes);
        new ServerActionsApi(cloud).register(routes);
        new ServerMetadataApi(cloud).register(routes);
        new ServerPartsApi(cloud).register(routes);
        new ServerTagsApi(cloud).register(routes);
        new FlavorsApi(cloud).register(routes);
        new KeyPairsApi(cloud).register(routes);
        new ComputeQuotasApi(cloud).register(routes);
        new ComputeServicesApi(cloud).register(routes);
        new HypervisorsApi(cloud).register(routes);
        new ServerGroupsApi(cloud).register(routes);
        new UsageApi(cloud).register(routes);
        new AggregatesApi(cloud).register(routes);
        new KindsApi(cloud, new ComputeManner(), new ComputeDialect()).register(routes, ComputeKinds.KEPT);
        return routes;
    }

    private Answer versions(Call call) {
        ObjectNode legacy = Json.object()
                .put("id", "v2.0")
                .put("status", "SUPPORTED")
                .put("version", "")
                .put("min_version", "")
                .put("updated", "2011-01-21T11:33:21Z");
        legacy.set("links", Json.array().add(Json.link("self", call.base() + "/compute/v2/")));
        ObjectNode current = current(call);
        current.set("links", Json.array().add(Json.link("self", call.base() + "/compute/v2.1/")));
        return Answer.ok(Json.object("versions", Json.array().add(legacy).add(current)))
                .unversioned();
    }

    private Answer version(Call call) {
        ObjectNode version = current(call);
        version.set(
                "links",
                Json.array()
                        .add(Json.link("self", call.base() + "/compute/v2.1/"))
                        .add(Json.object()
                                .put("rel", "describedby")
                                .put("type", "text/html")
                                .put("href", "http://docs.openstack.org/")));
        version.set(
                "media-types",
                Json.array()
                        .add(Json.object()
                                .put("base", "application/json")
                                .put("type", "application/vnd.openstack.compute+json;version=2.1")));
        return Answer.ok(Json.object("version", version));
    }

    private static ObjectNode current(Call call) {
        return Json.object()
                .put("id", "v2.1")
                .put("status", "CURRENT")
                .put("version", call.versions().highest().toString())
                .put("min_version", call.versions().lowest().toString())
                .put("updated", "2013-07-23T11:33:21Z");
    }
}
