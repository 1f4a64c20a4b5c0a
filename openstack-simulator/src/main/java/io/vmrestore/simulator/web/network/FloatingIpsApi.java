package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.network.FloatingIp;
import io.vmrestore.simulator.cloud.network.FloatingIps;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Timestamps;
import io.vmrestore.simulator.web.kind.Bodies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /floatingips}. */
final class FloatingIpsApi {
    private static final Set<String> ATTRIBUTES = Set.of(
            "id",
            "port_id",
            "project_id",
            "tenant_id",
            "router_id",
            "floating_network_id",
            "floating_ip_address",
            "fixed_ip_address",
            "status",
            "description",
            "tags");

    private static final List<String> SHOWN_AGAIN = List.of("description");

    private final Cloud cloud;
    private final FloatingIps floatingIps;
    private final Overlay overlay;
    private final Bodies bodies = new Bodies(new NetworkManner());

    FloatingIpsApi(Cloud cloud, Overlay overlay) {
        this.overlay = overlay;
        this.cloud = cloud;
        this.floatingIps = cloud.floatingIps();
    }

    void register(Routes routes) {
        routes.get("/floatingips", this::list)
                .post("/floatingips", this::create)
                .get("/floatingips/{ip}", this::show)
                .put("/floatingips/{ip}", this::update)
                .delete("/floatingips/{ip}", this::delete);
    }

    private Answer list(Call call) {
        return NetworkLists.answer(
                call,
                "floatingips",
                floatingIps
                        .all()
                        .filter(ip -> call.caller().sees(ip.projectId()))
                        .map(this::view),
                ATTRIBUTES,
                FloatingIps::notFound);
    }

    private Answer create(Call call) {
        ObjectNode wanted = call.json("floatingip");
        ObjectNode fields = bodies.creation(NetworkKinds.FLOATING_IP, wanted);
        String network = fields.path("floating_network_id").asString("");
        FloatingIp ip = floatingIps.create(call.caller(), network, Json.text(wanted, "floating_ip_address"));
        @Nullable String port = Json.text(wanted, "port_id");
        if (port != null) {
            ip = floatingIps.associate(call.caller(), ip.id(), port, Json.text(wanted, "fixed_ip_address"));
        }
        overlay.keep(call.caller(), ip.id(), wanted, SHOWN_AGAIN);
        return Answer.of(201, Json.object("floatingip", view(ip)));
    }

    private Answer show(Call call) {
        return Answer.ok(Json.object("floatingip", view(floatingIps.visible(call.caller(), call.path("ip")))));
    }

    /** Only a call that names a port, or null, leads the floating IP elsewhere. */
    private Answer update(Call call) {
        FloatingIp known = floatingIps.visible(call.caller(), call.path("ip"));
        ObjectNode wanted = call.json("floatingip");
        bodies.change(NetworkKinds.FLOATING_IP, wanted);
        overlay.keep(call.caller(), known.id(), wanted, SHOWN_AGAIN);
        if (!wanted.has("port_id")) {
            return show(call);
        }
        FloatingIp ip = floatingIps.associate(
                call.caller(), call.path("ip"), Json.text(wanted, "port_id"), Json.text(wanted, "fixed_ip_address"));
        return Answer.ok(Json.object("floatingip", view(ip)));
    }

    private Answer delete(Call call) {
        floatingIps.delete(call.caller(), call.path("ip"));
        overlay.forget(call.path("ip"));
        return Answer.empty(204);
    }

    private ObjectNode view(FloatingIp ip) {
        ObjectNode view = Json.object()
                .put("id", ip.id())
                .put("tenant_id", ip.projectId())
                .put("floating_ip_address", ip.address())
                .put("floating_network_id", ip.networkId())
                .put("router_id", ip.portId() == null ? null : router(ip.projectId()))
                .put("port_id", ip.portId())
                .put("fixed_ip_address", ip.fixedIp())
                .put("status", ip.portId() == null ? "DOWN" : "ACTIVE")
                .put("description", "");
        Optional<Port> port = cloud.ports().find(ip.portId());
        view.set("port_details", port.map(FloatingIpsApi::details).orElse(null));
        view.set("tags", Json.array());
        view.put("created_at", Timestamps.seconds(ip.createdAt()))
                .put("updated_at", Timestamps.seconds(ip.updatedAt()))
                .put("revision_number", ip.revision())
                .put("project_id", ip.projectId());
        return overlay.on(view);
    }

    private static ObjectNode details(Port port) {
        return Json.object()
                .put("name", port.settings().name())
                .put("network_id", port.networkId())
                .put("mac_address", port.macAddress())
                .put("admin_state_up", port.settings().adminStateUp())
                .put("status", port.isActive() ? "ACTIVE" : "DOWN")
                .put("device_id", port.deviceId())
                .put("device_owner", port.deviceOwner());
    }

    /** The router there would have to be. */
    private static String router(String projectId) {
        return UUID.nameUUIDFromBytes(("router/" + projectId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
