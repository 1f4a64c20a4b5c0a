package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What Neutron checks of a wanted security group rule before it looks for the group. */
final class RuleChecks {
    private static final int HIGHEST_PORT = 65535;
    private static final List<String> WITH_PORTS =
            List.of("tcp", "udp", "sctp", "dccp", "udplite", "6", "17", "33", "132", "136");

    private RuleChecks() {}

    static void check(ObjectNode fields) {
        String direction = fields.path("direction").asString("");
        if (!direction.equals("ingress") && !direction.equals("egress")) {
            throw invalid("direction", "'" + direction + "' is not in ['ingress', 'egress'].");
        }
        ethertype(fields);
        @Nullable Integer from = Json.integer(fields, "port_range_min");
        @Nullable Integer to = Json.integer(fields, "port_range_max");
        @Nullable String protocol = Json.text(fields, "protocol");
        for (String name : List.of("port_range_min", "port_range_max")) {
            @Nullable Integer port = Json.integer(fields, name);
            if (port != null && (port < 0 || port > HIGHEST_PORT)) {
                throw Refused.badRequest("SecurityGroupInvalidPortValue", "Invalid value for port " + port);
            }
        }
        if ((from != null || to != null) && protocol == null) {
            throw Refused.badRequest(
                    "SecurityGroupProtocolRequiredWithPorts", "Must also specify protocol if port range is given.");
        }
        boolean ports = protocol != null && WITH_PORTS.contains(protocol.toLowerCase(Locale.ROOT));
        if (ports && from != null && to != null && from > to) {
            throw Refused.badRequest(
                    "SecurityGroupInvalidPortRange", "For TCP/UDP protocols, port_range_min must be <= port_range_max");
        }
        if (Json.text(fields, "remote_group_id") != null && Json.text(fields, "remote_ip_prefix") != null) {
            throw Refused.badRequest(
                    "SecurityGroupMultipleRemoteEntites",
                    "Only one of remote_ip_prefix or remote_group_id may be provided.");
        }
    }

    /** The type of addresses in Neutron's spelling. */
    static String ethertype(ObjectNode fields) {
        String wanted = fields.path("ethertype").asString("IPv4");
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "ipv4" -> "IPv4";
            case "ipv6" -> "IPv6";
            default ->
                throw Refused.badRequest(
                        "SecurityGroupRuleInvalidEtherType",
                        "Security group rule for ethertype '" + wanted + "' not supported. Allowed values are ['IPv4',"
                                + " 'IPv6'].");
        };
    }

    private static Refused invalid(String field, String reason) {
        return Refused.badRequest("Invalid input for " + field + ". Reason: " + reason);
    }
}
