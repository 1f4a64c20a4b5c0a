package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.Network;
import io.vmrestore.simulator.cloud.network.Networks;
import io.vmrestore.simulator.cloud.network.Ports;
import io.vmrestore.simulator.cloud.network.SecurityGroups;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.util.Set;
import java.util.stream.Stream;

/** {@code /networks}, {@code /subnets} and {@code /security-groups}, to be read; networks also to be deleted. */
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
            "mtu");
    private static final Set<String> SUBNET =
            Set.of("id", "name", "tenant_id", "project_id", "network_id", "ip_version", "cidr", "gateway_ip", "tags");
    private static final Set<String> GROUP =
            Set.of("id", "name", "tenant_id", "project_id", "description", "tags", "shared");

    private final Networks networks;
    private final Ports ports;
    private final SecurityGroups groups;

    NetworksApi(Cloud cloud) {
        this.networks = cloud.networks();
        this.ports = cloud.ports();
        this.groups = cloud.securityGroups();
    }

    void register(Routes routes) {
        routes.get("/networks", this::networks)
                .get("/networks/{network}", this::network)
                .delete("/networks/{network}", this::deleteNetwork)
                .get("/network-ip-availabilities/{network}", this::availability)
                .get("/subnets", this::subnets)
                .get("/subnets/{subnet}", this::subnet)
                .get("/security-groups", this::securityGroups)
                .get("/security-groups/{group}", this::securityGroup);
    }

    private Answer networks(Call call) {
        return NetworkLists.answer(
                call,
                "networks",
                visible(call.caller()).map(network -> NetworkViews.network(call.caller(), network, networks)),
                NETWORK,
                id -> Refused.notFound("NetworkNotFound", "Network " + id + " could not be found."));
    }

    private Answer network(Call call) {
        Network network = networks.visible(call.caller(), call.path("network"));
        return Answer.ok(Json.object("network", NetworkViews.network(call.caller(), network, networks)));
    }

    private Answer availability(Call call) {
        if (!call.caller().isAdmin()) {
            throw Refused.notFound("The resource could not be found.");
        }
        Network network = networks.visible(call.caller(), call.path("network"));
        return Answer.ok(Json.object(
                "network_ip_availability", AddressUse.view(network, networks.subnetsOf(network.id()), ports::countIn)));
    }

    private Answer deleteNetwork(Call call) {
        String id = call.path("network");
        networks.delete(call.caller(), id, ports.existOn(id));
        return Answer.empty(204);
    }

    private Answer subnets(Call call) {
        return NetworkLists.answer(
                call,
                "subnets",
                visible(call.caller())
                        .flatMap(network -> networks.subnetsOf(network.id()).stream())
                        .map(NetworkViews::subnet),
                SUBNET,
                id -> Refused.notFound("SubnetNotFound", "Subnet " + id + " could not be found."));
    }

    private Answer subnet(Call call) {
        return Answer.ok(
                Json.object("subnet", NetworkViews.subnet(networks.visibleSubnet(call.caller(), call.path("subnet")))));
    }

    private Answer securityGroups(Call call) {
        groups.defaultOf(call.caller().projectId());
        return NetworkLists.answer(
                call,
                "security_groups",
                groups.all()
                        .filter(group -> call.caller().sees(group.projectId()))
                        .map(NetworkViews::securityGroup),
                GROUP,
                id -> Refused.notFound("SecurityGroupNotFound", "Security group " + id + " does not exist"));
    }

    private Answer securityGroup(Call call) {
        return Answer.ok(Json.object(
                "security_group", NetworkViews.securityGroup(groups.visible(call.caller(), call.path("group")))));
    }

    private Stream<Network> visible(Caller caller) {
        return networks.all().filter(network -> networks.sees(caller, network));
    }
}
