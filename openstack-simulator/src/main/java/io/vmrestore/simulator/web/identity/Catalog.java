package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the services are, for one project: one region, three interfaces, one port. */
final class Catalog {
    static final String REGION = "RegionOne";

    private static final List<String> INTERFACES = List.of("public", "internal", "admin");

    private Catalog() {}

    static ArrayNode of(String base, String projectId) {
        return Json.array()
                .add(service("compute", "nova", base + "/compute/v2.1"))
                .add(service("network", "neutron", base + "/network"))
                .add(service("identity", "keystone", base + "/identity/v3"))
                .add(service("volumev3", "cinderv3", base + "/volume/v3/" + projectId))
                .add(service("image", "glance", base + "/image"));
    }

    private static ObjectNode service(String type, String name, String url) {
        ArrayNode endpoints = Json.array();
        for (String kind : INTERFACES) {
            endpoints.add(Json.object()
                    .put("id", id(name + kind))
                    .put("interface", kind)
                    .put("region_id", REGION)
                    .put("url", url)
                    .put("region", REGION));
        }
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
