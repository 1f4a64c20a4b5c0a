package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Dispatcher;
import io.vmrestore.simulator.web.Endpoint;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Service;
import io.vmrestore.simulator.web.kind.KindsApi;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.node.ObjectNode;

/** Cinder. Its paths name the token's project; from 3.67 they may leave it out. */
public final class VolumeService implements Service {
    private static final int PROJECT_OPTIONAL_SINCE = 67;

    private final Cloud cloud;

    public VolumeService(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public Routes routes(Dispatcher dispatcher) {
        Routes routes =
                new Routes(dispatcher, new VolumeDialect(), List.of("/v3/{project_id}", "/v3"), VolumeService::guarded);
        routes.open(HttpMethod.GET, "", call -> Answer.of(300, versions(call)))
                .open(HttpMethod.GET, "/", call -> Answer.of(300, versions(call)));
        new VolumeOverviewApi(cloud).register(routes);
        new KindsApi(cloud, new VolumeManner(), new VolumeDialect()).register(routes, VolumeKinds.KEPT);
        new VolumesApi(cloud).register(routes);
        new SnapshotsApi(cloud).register(routes);
        new VolumeActionsApi(cloud).register(routes);
        new VolumeQuotasApi(cloud).register(routes);
        routes.guardedDocument("/v3", call -> Answer.ok(versions(call)))
                .guardedDocument("/v3/", call -> Answer.ok(versions(call)));
        return routes;
    }

    private static Endpoint guarded(Endpoint endpoint) {
        return call -> {
            checkProject(call);
            return endpoint.handle(call);
        };
    }

    private static void checkProject(Call call) {
        @Nullable String project = call.pathVariables().get("project_id");
        boolean fine = project == null
                ? call.version().atLeast(PROJECT_OPTIONAL_SINCE)
                : project.equals(call.caller().projectId());
        if (!fine) {
            throw Refused.badRequest("Malformed request url");
        }
    }

    private static ObjectNode versions(Call call) {
        ObjectNode version = Json.object()
                .put("id", "v3.0")
                .put("status", "CURRENT")
                .put("version", call.versions().highest().toString())
                .put("min_version", call.versions().lowest().toString())
                .put("updated", "2022-08-31T00:00:00Z");
        version.set(
                "links",
                Json.array()
                        .add(Json.object()
                                .put("rel", "describedby")
                                .put("type", "text/html")
                                .put("href", "https://docs.openstack.org/"))
                        .add(Json.link("self", call.base() + "/volume/v3/")));
        version.set(
                "media-types",
                Json.array()
                        .add(Json.object()
                                .put("base", "application/json")
                                .put("type", "application/vnd.openstack.volume+json;version=3")));
        return Json.object("versions", Json.array().add(version));
    }
}
