package io.vmrestore.openstack.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmrestore.openstack.transport.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Neutron's JSON of a port, read and written. */
final class PortJson {

    /** What is read here, and what the cloud sets by itself. */
    private static final Set<String> KNOWN = Set.of(
            "id",
            "name",
            "status",
            "project_id",
            "tenant_id",
            "network_id",
            "mac_address",
            "fixed_ips",
            "security_groups",
            "device_id",
            "device_owner",
            "description",
            "allowed_address_pairs",
            "port_security_enabled",
            "dns_name",
            "dns_assignment",
            "qos_policy_id",
            "qos_network_policy_id",
            "tags",
            "admin_state_up",
            "trunk_details",
            "created_at",
            "updated_at",
            "revision_number",
            "standard_attr_id",
            "resource_request",
            "ip_allocation",
            "propagate_uplink_status",
            "binding:vnic_type",
            "binding:host_id",
            "binding:vif_type",
            "binding:vif_details");

    private PortJson() {}

    static Port read(JsonNode port) {
        String vnicType = Json.text(port, "binding:vnic_type");
        return new Port(
                Json.required(port, "id"),
                Json.text(port, "name"),
                Json.text(port, "status"),
                Json.projectId(port),
                Json.text(port, "network_id"),
                Json.text(port, "mac_address"),
                Json.list(
                        port.path("fixed_ips"),
                        ip -> new FixedIp(Json.textOrNull(ip, "subnet_id"), Json.textOrNull(ip, "ip_address"))),
                Json.texts(port.path("security_groups")),
                Json.text(port, "device_id"),
                Json.text(port, "device_owner"),
                Json.text(port, "description"),
                Json.list(
                        port.path("allowed_address_pairs"),
                        pair -> new AddressPair(Json.text(pair, "ip_address"), Json.textOrNull(pair, "mac_address"))),
                portSecurity(port),
                Json.textOrNull(port, "dns_name"),
                Json.textOrNull(port, "qos_policy_id"),
                vnicType.isEmpty() ? "normal" : vnicType,
                Json.texts(port.path("tags")),
                port.path("admin_state_up").asBoolean(true),
                trunk(port.path("trunk_details")),
                Json.others(port, KNOWN),
                Json.timeOrNull(port, "created_at"),
                port.path("revision_number").asLong());
    }

    private static Port.@Nullable Trunk trunk(JsonNode trunk) {
        String id = Json.text(trunk, "trunk_id");
        return id.isEmpty()
                ? null
                : new Port.Trunk(id, Json.list(trunk.path("sub_ports"), port -> Json.text(port, "port_id")));
    }

    /** Absent where the cloud lacks the extension; then anti-spoofing cannot be switched off. */
    static boolean portSecurity(JsonNode portOrNetwork) {
        return portOrNetwork.path("port_security_enabled").asBoolean(true);
    }

    static ObjectNode write(PortSpec spec) {
        ObjectNode request = Json.object();
        ObjectNode port = request.putObject("port");
        port.put("network_id", spec.networkId()).put("name", spec.name());
        if (spec.fixedIps() != null) {
            putFixedIps(port, spec.fixedIps());
        }
        if (spec.securityGroupIds() != null) {
            ArrayNode groups = port.putArray("security_groups");
            spec.securityGroupIds().forEach(groups::add);
        }
        if (!spec.allowedAddressPairs().isEmpty()) {
            putAddressPairs(port, spec.allowedAddressPairs());
        }
        if (spec.portSecurityEnabled() != null) {
            port.put("port_security_enabled", spec.portSecurityEnabled());
        }
        if (spec.adminStateUp() != null) {
            port.put("admin_state_up", spec.adminStateUp());
        }
        putIfPresent(port, "mac_address", spec.macAddress());
        putIfPresent(port, "description", spec.description());
        putIfPresent(port, "dns_name", spec.dnsName());
        putIfPresent(port, "qos_policy_id", spec.qosPolicyId());
        putIfPresent(port, "binding:vnic_type", spec.vnicType());
        return request;
    }

    private static void putFixedIps(ObjectNode port, List<FixedIp> fixedIps) {
        ArrayNode array = port.putArray("fixed_ips");
        fixedIps.forEach(ip -> {
            ObjectNode entry = array.addObject();
            putIfPresent(entry, "subnet_id", ip.subnetId());
            putIfPresent(entry, "ip_address", ip.ipAddress());
        });
    }

    private static void putAddressPairs(ObjectNode port, List<AddressPair> pairs) {
        ArrayNode array = port.putArray("allowed_address_pairs");
        pairs.forEach(pair ->
                putIfPresent(array.addObject().put("ip_address", pair.ipAddress()), "mac_address", pair.macAddress()));
    }

    private static void putIfPresent(ObjectNode object, String field, @Nullable String value) {
        if (value != null) {
            object.put(field, value);
        }
    }
}
