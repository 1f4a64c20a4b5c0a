package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.network.Cidr;
import io.vmrestore.simulator.cloud.network.IpAddress;
import io.vmrestore.simulator.cloud.network.Network;
import io.vmrestore.simulator.cloud.network.Networks;
import io.vmrestore.simulator.cloud.network.Subnet;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.kind.Bodies;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /subnets}; a subnet has one allocation pool, the first that is wanted. */
final class SubnetsApi {
    private static final Pattern BLOCK = Pattern.compile("([0-9a-fA-F.:]+)/(\\d{1,3})");
    private static final Set<String> ATTRIBUTES = Set.of(
            "id",
            "name",
            "tenant_id",
            "project_id",
            "network_id",
            "ip_version",
            "cidr",
            "gateway_ip",
            "tags",
            "enable_dhcp",
            "description",
            "ipv6_ra_mode",
            "ipv6_address_mode",
            "subnetpool_id");
    private static final List<String> SHOWN_AGAIN =
            List.of("description", "enable_dhcp", "dns_nameservers", "host_routes", "service_types");

    private final Cloud cloud;
    private final Networks networks;
    private final Overlay overlay;
    private final Bodies bodies = new Bodies(new NetworkManner());

    SubnetsApi(Cloud cloud, Overlay overlay) {
        this.cloud = cloud;
        this.networks = cloud.networks();
        this.overlay = overlay;
    }

    void register(Routes routes) {
        routes.get("/subnets", this::list)
                .post("/subnets", this::create)
                .get("/subnets/{subnet}", this::show)
                .put("/subnets/{subnet}", this::update)
                .delete("/subnets/{subnet}", this::delete);
    }

    private Answer list(Call call) {
        return NetworkLists.answer(
                call,
                "subnets",
                NetworksApi.visible(call.caller(), networks)
                        .flatMap(network -> networks.subnetsOf(network.id()).stream())
                        .map(this::view),
                ATTRIBUTES,
                SubnetsApi::missing);
    }

    private Answer show(Call call) {
        Subnet subnet = networks.visibleSubnet(call.caller(), call.path("subnet"));
        return Answer.ok(Json.object("subnet", NetworkLists.only(view(subnet), call.queries("fields"))));
    }

    private Answer create(Call call) {
        ObjectNode wanted = call.json("subnet");
        ObjectNode fields = bodies.creation(NetworkKinds.SUBNET, wanted);
        int version = version(fields);
        @Nullable String text = Json.text(fields, "cidr");
        if (text == null) {
            throw Refused.badRequest(
                    "BadRequest", "Bad subnets request: a subnetpool must be specified in the absence of a cidr.");
        }
        Cidr block = block(text).orElseThrow(() -> invalid(text + " is not in a CIDR format."));
        if (block.version() != version) {
            throw invalid("CIDR '" + text + "' is not a valid IPv" + version + " block.");
        }
        Network network =
                networks.visible(call.caller(), fields.path("network_id").asString(""));
        requireOwner(call, network, "create_subnet");
        requireNoOverlap(network, block);
        String project = NetworksApi.owner(call, wanted);
        IpAddress[] pool = pool(fields.path("allocation_pools"), block);
        Subnet subnet = networks.add(new Subnet(
                cloud.engine().newId(),
                project,
                network.id(),
                fields.path("name").asString(""),
                block.toString(),
                gateway(wanted, block),
                pool[0].toString(),
                pool[1].toString(),
                Json.text(fields, "ipv6_address_mode"),
                cloud.engine().now()));
        overlay.keep(call.caller(), subnet.id(), fields, SHOWN_AGAIN);
        keepGateway(call, subnet.id(), wanted);
        return Answer.of(201, Json.object("subnet", view(subnet)));
    }

    private Answer update(Call call) {
        Subnet old = networks.visibleSubnet(call.caller(), call.path("subnet"));
        ObjectNode fields = bodies.change(NetworkKinds.SUBNET, call.json("subnet"));
        requireOwner(call, networks.visible(call.caller(), old.networkId()), "update_subnet");
        for (String fixed : List.of("network_id", "cidr", "ip_version", "ipv6_ra_mode", "ipv6_address_mode")) {
            if (fields.has(fixed)) {
                throw Refused.badRequest("Cannot update read-only attribute " + fixed);
            }
        }
        Subnet subnet = networks.add(new Subnet(
                old.id(),
                old.projectId(),
                old.networkId(),
                fields.has("name") ? fields.path("name").asString("") : old.name(),
                old.cidr(),
                fields.has("gateway_ip") ? gateway(fields, old.block()) : old.gateway(),
                old.poolStart(),
                old.poolEnd(),
                old.ipv6Mode(),
                old.createdAt()));
        overlay.keep(call.caller(), subnet.id(), fields, SHOWN_AGAIN);
        keepGateway(call, subnet.id(), fields);
        return Answer.ok(Json.object("subnet", view(subnet)));
    }

    private Answer delete(Call call) {
        Subnet subnet = networks.visibleSubnet(call.caller(), call.path("subnet"));
        requireOwner(call, networks.visible(call.caller(), subnet.networkId()), "delete_subnet");
        if (cloud.ports().countIn(subnet.id()) > 0) {
            throw Refused.conflict(
                    "SubnetInUse",
                    "Unable to complete operation on subnet " + subnet.id()
                            + ": One or more ports have an IP allocation from this subnet.");
        }
        networks.removeSubnet(subnet.id());
        overlay.forget(subnet.id());
        return Answer.empty(204);
    }

    private ObjectNode view(Subnet subnet) {
        return overlay.on(NetworkViews.subnet(subnet));
    }

    /** A gateway that is switched off is a JSON null. */
    private void keepGateway(Call call, String id, ObjectNode wanted) {
        if (wanted.has("gateway_ip")) {
            overlay.keep(call.caller(), id, wanted, List.of("gateway_ip"));
        }
    }

    private static String gateway(ObjectNode wanted, Cidr block) {
        @Nullable String gateway = Json.text(wanted, "gateway_ip");
        if (gateway == null) {
            return block.first().plus(BigInteger.ONE).toString();
        }
        return IpAddress.parse(gateway)
                .map(IpAddress::toString)
                .orElseThrow(() -> Refused.badRequest(
                        "Invalid input for gateway_ip. Reason: '" + gateway + "' is not a valid IP address."));
    }

    private static IpAddress[] pool(JsonNode wanted, Cidr block) {
        if (wanted.isEmpty()) {
            BigInteger two = BigInteger.TWO;
            IpAddress last = block.last();
            return new IpAddress[] {
                block.first().plus(two), block.version() == 4 ? last.plus(BigInteger.ONE.negate()) : last
            };
        }
        JsonNode first = wanted.path(0);
        Optional<IpAddress> start = IpAddress.parse(first.path("start").asString(""));
        Optional<IpAddress> end = IpAddress.parse(first.path("end").asString(""));
        if (start.isEmpty() || end.isEmpty()) {
            throw Refused.badRequest(
                    "Invalid input for allocation_pools. Reason: Invalid data format for IP pool: '" + first + "'.");
        }
        if (!block.contains(start.get()) || !block.contains(end.get())) {
            throw Refused.badRequest(
                    "OutOfBoundsAllocationPool",
                    "The allocation pool " + start.get() + "-" + end.get() + " spans beyond the subnet cidr " + block
                            + ".");
        }
        return new IpAddress[] {start.get(), end.get()};
    }

    private static int version(ObjectNode fields) {
        @Nullable Integer version = Json.integer(fields, "ip_version");
        if (version == null || (version != 4 && version != 6)) {
            throw Refused.badRequest("Invalid input for ip_version. Reason: '" + version + "' is not in [4, 6].");
        }
        return version;
    }

    private static Optional<Cidr> block(String text) {
        Matcher matcher = BLOCK.matcher(text);
        return matcher.matches()
                ? IpAddress.parse(matcher.group(1))
                        .filter(first -> Integer.parseInt(matcher.group(2)) <= first.bits())
                        .map(first -> new Cidr(first, Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    private void requireNoOverlap(Network network, Cidr block) {
        boolean overlaps = networks.subnetsOf(network.id()).stream()
                .map(Subnet::block)
                .anyMatch(other -> other.contains(block.first()) || block.contains(other.first()));
        if (overlaps) {
            throw invalid("Requested subnet with cidr: " + block + " for network: " + network.id()
                    + " overlaps with another subnet.");
        }
    }

    private static void requireOwner(Call call, Network network, String rule) {
        if (!call.caller().mayChange() || !call.caller().sees(network.projectId())) {
            throw Refused.forbidden("rule:" + rule + " is disallowed by policy");
        }
    }

    private static Refused invalid(String reason) {
        return Refused.badRequest("InvalidInput", "Invalid input for operation: " + reason);
    }

    private static Refused missing(String id) {
        return Refused.notFound("SubnetNotFound", "Subnet " + id + " could not be found.");
    }
}
