package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.cloud.identity.Project;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import io.vmrestore.simulator.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the services are, for one project: one region, three interfaces, one port, and what faults make of it. */
final class Catalog {
    static final String REGION = "RegionOne";

    private static final List<String> INTERFACES = List.of("public", "internal", "admin");

    private final Faults faults;
    private final String base;
    private final String projectId;
    private final String projectName;

    private Catalog(Faults faults, String base, Project project) {
        this.faults = faults;
        this.base = base;
        this.projectId = project.id();
        this.projectName = project.name();
    }

    static ArrayNode of(Faults faults, String base, Project project) {
        return new Catalog(faults, base, project).services();
    }

    private ArrayNode services() {
        ArrayNode services = Json.array();
        add(services, "compute", "nova", "/compute", "/v2.1");
        add(services, "network", "neutron", "/network", "");
        add(services, "identity", "keystone", "/identity", "/v3");
        add(services, "volumev3", "cinderv3", "/volume", "/v3/" + projectId);
        add(services, "image", "glance", "/image", "");
        for (Fault.ExtraService extra : faults.allLasting(Fault.ExtraService.class, projectName)) {
            ArrayNode endpoints = Json.array();
            addRegion(endpoints, REGION, extra.type(), place(extra.url()));
            services.add(service(extra.type(), extra.type(), endpoints));
        }
        return services;
    }

    private void add(ArrayNode services, String type, String name, String path, String version) {
        if (faults.lasting(Fault.NotInCatalog.class, type).isPresent()) {
            return;
        }
        boolean bare = faults.lasting(Fault.EndpointUnversioned.class, type).isPresent();
        String moved = faults.lasting(Fault.EndpointMoved.class, type).isPresent() ? "/moved" : "";
        Optional<Fault.EndpointElsewhere> elsewhere = faults.lasting(Fault.EndpointElsewhere.class, type);
        @Nullable
        String url = elsewhere.isPresent() ? place(elsewhere.get().url()) : base + moved + path + (bare ? "" : version);
        ArrayNode endpoints = Json.array();
        for (Fault.SecondRegion other : faults.allLasting(Fault.SecondRegion.class, type)) {
            addRegion(endpoints, other.region(), name, other.url() == null ? url : place(other.url()));
        }
        addRegion(endpoints, REGION, name, url);
        services.add(service(type, name, endpoints));
    }

    private @Nullable String place(@Nullable String url) {
        return url == null ? null : url.replace("{base}", base).replace("{project_id}", projectId);
    }

    private static void addRegion(ArrayNode endpoints, String region, String name, @Nullable String url) {
        for (String kind : INTERFACES) {
            endpoints.add(Json.object()
                    .put("id", id(REGION.equals(region) ? name + kind : region + name + kind))
                    .put("interface", kind)
                    .put("region_id", region)
                    .put("url", url)
                    .put("region", region));
        }
    }

    private static ObjectNode service(String type, String name, ArrayNode endpoints) {
        ObjectNode service = Json.object();
        service.set("endpoints", endpoints);
        return service.put("id", id(name)).put("type", type).put("name", name);
    }

    private static String id(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
