package io.vmrestore.openstack.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.quota.QuotaLine;
import io.vmrestore.openstack.quota.QuotaSet;
import io.vmrestore.openstack.transport.Json;
import io.vmrestore.openstack.transport.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Neutron in one project. The admin role reaches ports and networks of other projects by their id: compare
 * {@code projectId} before relying on one.
 */
public final class Networking {

    private final Session neutron;

    /** Asks by the given session. */
    public Networking(Session neutron) {
        this.neutron = neutron;
    }

    /**
     * The port with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Port port(String id) {
        return neutron.read("/ports/" + Json.part(id), Map.of(), "port", PortJson::read);
    }

    /** The server's ports, in no useful order: sort them by the server's MACs, never otherwise. */
    public List<Port> portsOfServer(String serverId) {
        return ports(Map.of("device_id", serverId)).stream()
                .filter(port -> port.deviceId().equals(serverId))
                .toList();
    }

    /** The port with this id as the list of ports shows it, if at all: a second source beside the port itself. */
    public List<Port> portsWithId(String id) {
        return ports(Map.of("id", id)).stream()
                .filter(port -> port.id().equals(id))
                .toList();
    }

    /** All ports of the project. */
    public List<Port> ports() {
        String project = neutron.projectId();
        return ports(Map.of("project_id", project)).stream()
                .filter(port -> port.projectId().equals(project))
                .toList();
    }

    /** The project's ports of exactly this name. */
    public List<Port> portsNamed(String name) {
        String project = neutron.projectId();
        return ports(Map.of("name", name, "project_id", project)).stream()
                .filter(port -> port.name().equals(name) && port.projectId().equals(project))
                .toList();
    }

    /**
     * Makes a port. The answer is the reservation of its addresses: create, never look first.
     *
     * @throws CloudException.Conflict if an address or the MAC is taken ({@code addressTaken()}), or none is left
     * @throws CloudException.Invalid if an address does not fit the network
     * @throws CloudException.Forbidden if addresses on this network may not be chosen
     * @throws CloudException.QuotaExceeded if the project's ports are used up
     * @throws CloudException.NotFound if network, subnet or security group is missing
     */
    public Port createPort(PortSpec spec) {
        return PortJson.read(neutron.create("/ports", PortJson.write(spec), "port"));
    }

    /**
     * Deletes the port, whoever holds it: Neutron does not protect the port of a live server.
     *
     * @throws CloudException.NotFound if there is none
     */
    public void deletePort(String id) {
        neutron.delete("/ports/" + Json.part(id));
    }

    /** Adds a tag to the port; again is no error. */
    public void tagPort(String portId, String tag) {
        neutron.put("/ports/" + Json.part(portId) + "/tags/" + Json.part(tag), null);
    }

    /**
     * The network with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Network network(String id) {
        return neutron.read("/networks/" + Json.part(id), Map.of(), "network", Networking::network);
    }

    /** The network with this id as the list of networks shows it, if at all. */
    public List<Network> networksWithId(String id) {
        return neutron.elements("/networks", Map.of("id", id), "networks", Networking::network).stream()
                .filter(network -> network.id().equals(id))
                .toList();
    }

    /**
     * The subnet with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Subnet subnet(String id) {
        return neutron.read("/subnets/" + Json.part(id), Map.of(), "subnet", Networking::subnet);
    }

    /** The subnet with this id as the list of subnets shows it, if at all. */
    public List<Subnet> subnetsWithId(String id) {
        return neutron.elements("/subnets", Map.of("id", id), "subnets", Networking::subnet).stream()
                .filter(subnet -> subnet.id().equals(id))
                .toList();
    }

    /** The network's subnets. */
    public List<Subnet> subnets(String networkId) {
        return neutron.elements("/subnets", Map.of("network_id", networkId), "subnets", Networking::subnet).stream()
                .filter(subnet -> subnet.networkId().equals(networkId))
                .toList();
    }

    /**
     * The floating IPs that lead to the port: none on a cloud without routers. Empty if the cloud does not tell them,
     * though it may have some.
     */
    public Optional<List<FloatingIp>> floatingIpsOf(String portId) {
        return floatingIps(Map.of("port_id", portId))
                .map(found ->
                        found.stream().filter(ip -> portId.equals(ip.portId())).toList());
    }

    /**
     * The project's floating IP with this outside address; empty if Neutron lists none, and only then: what it does not
     * tell is thrown.
     */
    public Optional<FloatingIp> floatingIp(String address) {
        Map<String, String> query = Map.of("floating_ip_address", address);
        return neutron.elements("/floatingips", query, "floatingips", Networking::floatingIp).stream()
                .filter(ip -> address.equals(ip.address()))
                .filter(ip -> ip.projectId().equals(neutron.projectId()))
                .findFirst();
    }

    /**
     * Leads a floating IP to a port's address.
     *
     * @throws CloudException.NotFound if floating IP or port is gone
     */
    public FloatingIp associate(String floatingIpId, String portId, String fixedIp) {
        ObjectNode request = Json.object();
        request.putObject("floatingip").put("port_id", portId).put("fixed_ip_address", fixedIp);
        JsonNode ip = neutron.update("/floatingips/" + Json.part(floatingIpId), request, "floatingip");
        return floatingIp(ip);
    }

    /**
     * The project's quota by name: {@code ports}, {@code networks}, {@code floatingips}...; empty if the cloud does not
     * tell
     */
    public Map<String, QuotaLine> quota() {
        String path = "/quotas/" + neutron.projectId();
        return QuotaSet.answer(() -> neutron.get(path + "/details.json", "quota"))
                // Without the quota_details extension there are only limits.
                .or(() -> QuotaSet.answer(() -> neutron.get(path, "quota")))
                .map(set -> QuotaSet.read(set, Networking::plural))
                .orElse(Map.of());
    }

    private List<Port> ports(Map<String, String> query) {
        return neutron.elements("/ports", query, "ports", PortJson::read);
    }

    private static Network network(JsonNode network) {
        return new Network(
                Json.required(network, "id"),
                Json.text(network, "name"),
                Json.projectId(network),
                Json.flag(network, "shared"),
                Json.flag(network, "router:external"),
                PortJson.portSecurity(network),
                Json.texts(network.path("subnets")));
    }

    private static Subnet subnet(JsonNode subnet) {
        return new Subnet(
                Json.required(subnet, "id"),
                Json.text(subnet, "name"),
                Json.text(subnet, "network_id"),
                subnet.path("ip_version").asInt(),
                Json.text(subnet, "cidr"),
                Json.textOrNull(subnet, "gateway_ip"),
                Json.flag(subnet, "enable_dhcp"),
                Json.textOrNull(subnet, "ipv6_address_mode"));
    }

    private Optional<List<FloatingIp>> floatingIps(Map<String, String> query) {
        return Session.optional(() -> neutron.elements("/floatingips", query, "floatingips", Networking::floatingIp))
                .or(() -> has("router") ? Optional.empty() : Optional.of(List.of()));
    }

    /** Whether the cloud has the extension; true where it does not say that it has not. */
    private boolean has(String extension) {
        try {
            neutron.get("/extensions/" + extension, "extension");
            return true;
        } catch (CloudException.NotFound missing) {
            return false;
        } catch (CloudException untold) {
            return true;
        }
    }

    private static FloatingIp floatingIp(JsonNode ip) {
        return new FloatingIp(
                Json.required(ip, "id"),
                Json.text(ip, "floating_ip_address"),
                Json.textOrNull(ip, "port_id"),
                Json.textOrNull(ip, "fixed_ip_address"),
                Json.projectId(ip));
    }

    /** Neutron counts in the singular, Nova and Cinder in the plural. */
    private static String plural(String name) {
        return name.endsWith("y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
    }
}
