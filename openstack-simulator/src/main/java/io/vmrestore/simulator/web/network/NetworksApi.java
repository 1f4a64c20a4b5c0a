package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.Network;
import io.vmrestore.simulator.cloud.network.Networks;
import io.vmrestore.simulator.cloud.network.Ports;
import io.vmrestore.simulator.cloud.network.Subnet;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.kind.Bodies;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /networks}, and how many of their addresses are used. */
final class NetworksApi {
    private static final Set<String> NETWORK = Set.of(
            "id",
            "name",
            "tenant_id",
            "project_id",
            "status",
            "shared",
            "router:external",
            "admin_state_up",
            "tags",
            "mtu",
            "description",
            "provider:network_type",
            "provider:physical_network",
            "provider:segmentation_id",
            "is_default");
    private static final List<String> SHOWN_AGAIN =
            List.of("admin_state_up", "description", "port_security_enabled", "mtu", "availability_zone_hints");
    private static final List<String> FOR_ADMINS = List.of(
            "shared",
            "router:external",
            "provider:network_type",
            "provider:physical_network",
            "provider:segmentation_id");

    private final Cloud cloud;
    private final Networks networks;
    private final Ports ports;
    private final Overlay overlay;
    private final Bodies bodies = new Bodies(new NetworkManner());

    NetworksApi(Cloud cloud, Overlay overlay) {
        this.cloud = cloud;
        this.networks = cloud.networks();
        this.ports = cloud.ports();
        this.overlay = overlay;
    }

    void register(Routes routes) {
        routes.get("/networks", this::list)
                .post("/networks", this::create)
                .get("/networks/{network}", this::show)
                .put("/networks/{network}", this::update)
                .delete("/networks/{network}", this::delete)
                .get("/network-ip-availabilities", this::availabilities)
                .get("/network-ip-availabilities/{network}", this::availability);
    }

    private Answer list(Call call) {
        return NetworkLists.answer(
                call,
                "networks",
                visible(call.caller(), networks).map(network -> view(call, network)),
                NETWORK,
                NetworksApi::missing);
    }

    private Answer create(Call call) {
        ObjectNode fields = bodies.creation(NetworkKinds.NETWORK, call.json("network"));
        requireAllowed(call, "create_network", call.json("network"));
        String project = owner(call, call.json("network"));
        long used = networks.all()
                .filter(network -> network.projectId().equals(project))
                .count();
        requireQuota(project, "network", used);
        Network network = networks.add(new Network(
                cloud.engine().newId(),
                project,
                fields.path("name").asString(""),
                Boolean.TRUE.equals(Json.bool(fields, "shared")),
                Boolean.TRUE.equals(Json.bool(fields, "router:external")),
                cloud.engine().now()));
        overlay.keep(call.caller(), network.id(), fields, SHOWN_AGAIN);
        return Answer.of(201, Json.object("network", view(call, network)));
    }

    private Answer show(Call call) {
        Network network = networks.visible(call.caller(), call.path("network"));
        return Answer.ok(Json.object("network", NetworkLists.only(view(call, network), call.queries("fields"))));
    }

    private Answer update(Call call) {
        Network network = networks.visible(call.caller(), call.path("network"));
        ObjectNode fields = bodies.change(NetworkKinds.NETWORK, call.json("network"));
        requireAllowed(call, "update_network", fields);
        if (!call.caller().sees(network.projectId())) {
            throw Refused.forbidden("rule:update_network is disallowed by policy");
        }
        Network changed = networks.add(new Network(
                network.id(),
                network.projectId(),
                fields.has("name") ? fields.path("name").asString("") : network.name(),
                fields.has("shared") ? Boolean.TRUE.equals(Json.bool(fields, "shared")) : network.shared(),
                fields.has("router:external")
                        ? Boolean.TRUE.equals(Json.bool(fields, "router:external"))
                        : network.external(),
                network.createdAt()));
        overlay.keep(call.caller(), network.id(), fields, SHOWN_AGAIN);
        return Answer.ok(Json.object("network", view(call, changed)));
    }

    private Answer delete(Call call) {
        String id = call.path("network");
        List<String> subnets = networks.subnetsOf(id).stream().map(Subnet::id).toList();
        networks.delete(call.caller(), id, ports.existOn(id));
        subnets.forEach(overlay::forget);
        overlay.forget(id);
        return Answer.empty(204);
    }

    private Answer availabilities(Call call) {
        Stream<ObjectNode> rows = call.caller().isAdmin()
                ? networks.all()
                        .map(network -> AddressUse.view(network, networks.subnetsOf(network.id()), ports::countIn))
                : Stream.empty();
        return NetworkLists.answer(
                call,
                "network_ip_availabilities",
                rows,
                Set.of("network_id", "network_name", "tenant_id", "project_id", "ip_version"),
                NetworksApi::missing);
    }

    private Answer availability(Call call) {
        if (!call.caller().isAdmin()) {
            throw Refused.notFound("The resource could not be found.");
        }
        Network network = networks.visible(call.caller(), call.path("network"));
        return Answer.ok(Json.object(
                "network_ip_availability", AddressUse.view(network, networks.subnetsOf(network.id()), ports::countIn)));
    }

    private ObjectNode view(Call call, Network network) {
        return overlay.on(NetworkViews.network(call.caller(), network, networks));
    }

    static Stream<Network> visible(Caller caller, Networks networks) {
        return networks.all().filter(network -> networks.sees(caller, network));
    }

    /** The project that the body names, which has to be the caller's own unless an administrator asks. */
    static String owner(Call call, ObjectNode wanted) {
        String named = wanted.has("project_id") ? Json.text(wanted, "project_id") : Json.text(wanted, "tenant_id");
        if (named == null || named.equals(call.caller().projectId())) {
            return call.caller().projectId();
        }
        if (!call.caller().isAdmin()) {
            throw Refused.badRequest("Specifying 'project_id' or 'tenant_id' other than the authenticated project in"
                    + " request requires admin or advsvc privileges");
        }
        return named;
    }

    private void requireQuota(String project, String resource, long used) {
        if (!ports.quotas().allows(project, resource, Math.toIntExact(used), 1)) {
            throw Refused.conflict("OverQuota", "Quota exceeded for resources: ['" + resource + "'].");
        }
    }

    private static void requireAllowed(Call call, String rule, ObjectNode wanted) {
        if (!call.caller().mayChange()) {
            throw Refused.forbidden("rule:" + rule + " is disallowed by policy");
        }
        for (Map.Entry<String, ?> entry : wanted.properties()) {
            boolean plain = wanted.path(entry.getKey()).isBoolean()
                    && !wanted.path(entry.getKey()).booleanValue();
            if (FOR_ADMINS.contains(entry.getKey()) && !plain && !call.caller().isAdmin()) {
                throw Refused.forbidden(
                        "(rule:" + rule + " and rule:" + rule + ":" + entry.getKey() + ") is disallowed by policy");
            }
        }
    }

    static Refused missing(String id) {
        return Refused.notFound("NetworkNotFound", "Network " + id + " could not be found.");
    }
}
