package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.network.AddressPair;
import io.vmrestore.simulator.cloud.network.IpAddress;
import io.vmrestore.simulator.cloud.network.MacAddress;
import io.vmrestore.simulator.cloud.network.PortRequest;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a wanted port. {@code tags} is accepted and ignored, as Neutron does; any other unknown name is refused. */
final class PortBody {
    private static final Set<String> KNOWN = Set.of(
            "network_id",
            "name",
            "admin_state_up",
            "mac_address",
            "fixed_ips",
            "device_id",
            "device_owner",
            "project_id",
            "tenant_id",
            "security_groups",
            "allowed_address_pairs",
            "port_security_enabled",
            "description",
            "binding:host_id",
            "binding:vnic_type",
            "binding:profile",
            "extra_dhcp_opts",
            "dns_name",
            "dns_domain",
            "qos_policy_id",
            "propagate_uplink_status",
            "numa_affinity_policy",
            "device_profile",
            "tags");

    private PortBody() {}

    static PortRequest read(ObjectNode port) {
        List<String> unknown = port.propertyNames().stream()
                .filter(name -> !KNOWN.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw Refused.badRequest("Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
        }
        checkLength(port, "name");
        checkLength(port, "description");
        uuid(port, "qos_policy_id");
        checkFlag(port, "admin_state_up");
        checkFlag(port, "port_security_enabled");
        @Nullable String project = Json.text(port, "project_id");
        return new PortRequest(
                uuid(port, "network_id"),
                project == null ? Json.text(port, "tenant_id") : project,
                Json.text(port, "name"),
                Json.text(port, "description"),
                Json.bool(port, "admin_state_up"),
                mac(port),
                fixedIps(port),
                groups(port),
                pairs(port),
                Json.bool(port, "port_security_enabled"),
                Json.text(port, "device_id"),
                Json.text(port, "device_owner"),
                Json.text(port, "binding:host_id"));
    }

    private static void checkLength(ObjectNode port, String field) {
        @Nullable String text = Json.text(port, field);
        if (text != null && text.length() > Schema.MAX_TEXT) {
            throw Refused.badRequest("Invalid input for " + field + ". Reason: '" + text
                    + "' exceeds maximum length of " + Schema.MAX_TEXT + ".");
        }
    }

    private static @Nullable String uuid(JsonNode object, String key) {
        @Nullable String text = Json.text(object, key);
        if (text != null && !Schema.isUuid(text)) {
            throw Refused.badRequest("Invalid input for " + key + ". Reason: '" + text + "' is not a valid UUID.");
        }
        return text;
    }

    private static void checkFlag(ObjectNode port, String field) {
        JsonNode value = port.get(field);
        if (value != null && !value.isBoolean() && !value.asString("").matches("(?i)true|false|0|1")) {
            throw Refused.badRequest("Invalid input for " + field + ". Reason: '" + value.asString("")
                    + "' cannot be converted to boolean.");
        }
    }

    private static @Nullable List<String> groups(ObjectNode port) {
        if (!port.has("security_groups")) {
            return null;
        }
        List<String> groups = Json.list(port, "security_groups");
        for (String group : groups) {
            if (!Schema.isUuid(group)) {
                throw Refused.badRequest(
                        "Invalid input for security_groups. Reason: '" + group + "' is not a valid UUID.");
            }
        }
        return groups;
    }

    private static @Nullable String mac(ObjectNode port) {
        @Nullable String mac = Json.text(port, "mac_address");
        if (mac != null && !MacAddress.isValid(mac)) {
            throw Refused.badRequest(
                    "Invalid input for mac_address. Reason: '" + mac + "' is not a valid MAC address.");
        }
        return mac;
    }

    private static @Nullable List<PortRequest.WantedIp> fixedIps(ObjectNode port) {
        JsonNode array = port.get("fixed_ips");
        if (array == null || array.isNull()) {
            return null;
        }
        List<PortRequest.WantedIp> wanted = new ArrayList<>();
        for (JsonNode entry : array) {
            @Nullable String address = Json.text(entry, "ip_address");
            if (address != null && IpAddress.parse(address).isEmpty()) {
                throw Refused.badRequest(
                        "Invalid input for fixed_ips. Reason: '" + address + "' is not a valid IP address.");
            }
            wanted.add(new PortRequest.WantedIp(uuid(entry, "subnet_id"), address));
        }
        return wanted;
    }

    private static @Nullable List<AddressPair> pairs(ObjectNode port) {
        JsonNode array = port.get("allowed_address_pairs");
        if (array == null || array.isNull()) {
            return null;
        }
        List<AddressPair> pairs = new ArrayList<>();
        for (JsonNode entry : array) {
            @Nullable String address = Json.text(entry, "ip_address");
            if (address == null) {
                throw Refused.badRequest("Invalid input for allowed_address_pairs. Reason: AllowedAddressPair must"
                        + " contain ip_address.");
            }
            pairs.add(new AddressPair(Json.text(entry, "mac_address"), address));
        }
        return pairs;
    }
}
