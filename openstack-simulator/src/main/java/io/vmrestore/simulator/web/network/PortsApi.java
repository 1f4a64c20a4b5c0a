package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.network.PortRequest;
import io.vmrestore.simulator.cloud.network.Ports;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /ports} and their tags. */
final class PortsApi {
    private static final Set<String> ATTRIBUTES = Set.of(
            "id",
            "name",
            "network_id",
            "tenant_id",
            "project_id",
            "mac_address",
            "admin_state_up",
            "status",
            "device_id",
            "device_owner",
            "fixed_ips",
            "security_groups",
            "description",
            "binding:host_id",
            "port_security_enabled",
            "tags",
            "mac_learning_enabled",
            "dns_name",
            "qos_policy_id",
            "ip_allocation",
            "revision_number",
            "created_at",
            "updated_at");

    private static final List<String> SHOWN_AGAIN = List.of("dns_name", "qos_policy_id", "extra_dhcp_opts");

    private final Cloud cloud;
    private final Ports ports;
    private final Overlay overlay;

    PortsApi(Cloud cloud, Overlay overlay) {
        this.cloud = cloud;
        this.ports = cloud.ports();
        this.overlay = overlay;
    }

    void register(Routes routes) {
        routes.get("/ports", this::list)
                .post("/ports", this::create)
                .get("/ports/{port}", this::show)
                .put("/ports/{port}", this::update)
                .delete("/ports/{port}", this::delete)
                .get("/ports/{port}/tags", this::tags)
                .put("/ports/{port}/tags", this::replaceTags)
                .delete("/ports/{port}/tags", this::clearTags)
                .get("/ports/{port}/tags/{tag}", this::hasTag)
                .put("/ports/{port}/tags/{tag}", this::addTag)
                .delete("/ports/{port}/tags/{tag}", this::removeTag);
    }

    private Answer list(Call call) {
        String device = call.query("device_id");
        Stream<Port> candidates = device == null || device.isEmpty() ? ports.all() : ports.ofDevice(device);
        List<String> names = call.queries("name");
        return NetworkLists.answer(
                call,
                "ports",
                candidates
                        .filter(port -> call.caller().sees(port.projectId()))
                        .filter(port -> names.isEmpty()
                                || names.contains(port.settings().name()))
                        .map(port -> view(call, port)),
                ATTRIBUTES,
                PortsApi::missing);
    }

    private Answer create(Call call) {
        ObjectNode wanted = call.json("port");
        PortRequest request = PortBody.read(wanted);
        if (request.networkId() == null) {
            throw Refused.badRequest("Failed to parse request. Required attribute 'network_id' not specified");
        }
        requireQosPolicy(wanted);
        Port port = ports.create(call.caller(), request);
        overlay.keep(call.caller(), port.id(), wanted, SHOWN_AGAIN);
        return Answer.of(201, Json.object("port", view(call, port)));
    }

    private Answer show(Call call) {
        Port port = ports.visible(call.caller(), call.path("port"));
        return Answer.ok(Json.object("port", NetworkLists.only(view(call, port), call.queries("fields"))));
    }

    private Answer update(Call call) {
        @Nullable String match = call.header("If-Match");
        @Nullable
        Integer revision = match != null && match.matches("revision_number=\\d{1,9}")
                ? Integer.valueOf(match.substring("revision_number=".length()))
                : null;
        ports.visible(call.caller(), call.path("port"));
        ObjectNode wanted = call.json("port");
        PortRequest request = PortBody.read(wanted);
        requireQosPolicy(wanted);
        Port port = ports.update(call.caller(), call.path("port"), request, revision);
        overlay.keep(call.caller(), port.id(), wanted, SHOWN_AGAIN);
        return Answer.ok(Json.object("port", view(call, port)));
    }

    private Answer delete(Call call) {
        ports.delete(call.caller(), call.path("port"));
        overlay.forget(call.path("port"));
        return Answer.empty(204);
    }

    private Answer tags(Call call) {
        return Answer.ok(Json.object("tags", Json.strings(port(call).tags())));
    }

    private Answer replaceTags(Call call) {
        Set<String> tags = new TreeSet<>(Json.list(call.json(), "tags"));
        ports.tag(call.caller(), call.path("port"), tags);
        return Answer.ok(Json.object("tags", Json.strings(Json.list(call.json(), "tags"))));
    }

    private Answer clearTags(Call call) {
        ports.tag(call.caller(), call.path("port"), Set.of());
        return Answer.empty(204);
    }

    private Answer hasTag(Call call) {
        requireTag(call);
        return Answer.empty(204);
    }

    private Answer addTag(Call call) {
        Set<String> tags = new TreeSet<>(port(call).tags());
        tags.add(call.path("tag"));
        ports.tag(call.caller(), call.path("port"), tags);
        return Answer.empty(201);
    }

    private Answer removeTag(Call call) {
        requireTag(call);
        Set<String> tags = new TreeSet<>(port(call).tags());
        tags.remove(call.path("tag"));
        ports.tag(call.caller(), call.path("port"), tags);
        return Answer.empty(204);
    }

    private Port port(Call call) {
        return ports.taggable(call.caller(), call.path("port"));
    }

    private void requireTag(Call call) {
        if (!port(call).tags().contains(call.path("tag"))) {
            throw Refused.notFound("TagNotFound", "Tag " + call.path("tag") + " could not be found.");
        }
    }

    private ObjectNode view(Call call, Port port) {
        return overlay.on(NetworkViews.port(call.caller(), port));
    }

    private void requireQosPolicy(ObjectNode wanted) {
        @Nullable String policy = Json.text(wanted, "qos_policy_id");
        if (policy != null
                && cloud.things()
                        .find("network" + NetworkKinds.QOS_POLICY.path(), policy)
                        .isEmpty()) {
            throw new NetworkManner().missing(NetworkKinds.QOS_POLICY, policy);
        }
    }

    private static Refused missing(String id) {
        return Refused.notFound("PortNotFound", "Port " + id + " could not be found.");
    }
}
