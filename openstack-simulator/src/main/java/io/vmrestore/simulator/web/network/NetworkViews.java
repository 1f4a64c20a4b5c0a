package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.AddressPair;
import io.vmrestore.simulator.cloud.network.Network;
import io.vmrestore.simulator.cloud.network.Networks;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.network.SecurityGroup;
import io.vmrestore.simulator.cloud.network.SecurityGroupRule;
import io.vmrestore.simulator.cloud.network.Subnet;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Timestamps;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Neutron's resources as JSON; members do not see where a port is bound nor how a network is made. */
final class NetworkViews {
    private NetworkViews() {}

    static ObjectNode port(Caller caller, Port port) {
        String status = port.isActive() ? "ACTIVE" : "DOWN";
        ObjectNode view = Json.object()
                .put("id", port.id())
                .put("name", port.settings().name())
                .put("network_id", port.networkId())
                .put("tenant_id", port.projectId())
                .put("mac_address", port.macAddress())
                .put("admin_state_up", port.settings().adminStateUp())
                .put("status", status)
                .put("device_id", port.deviceId())
                .put("device_owner", port.deviceOwner());
        ArrayNode fixedIps = Json.array();
        port.fixedIps()
                .forEach(ip -> fixedIps.add(
                        Json.object().put("subnet_id", ip.subnetId()).put("ip_address", ip.ipAddress())));
        view.set("fixed_ips", fixedIps);
        ArrayNode pairs = Json.array();
        port.settings().allowedAddressPairs().forEach(pair -> pairs.add(pair(port, pair)));
        view.set("allowed_address_pairs", pairs);
        view.set("extra_dhcp_opts", Json.array());
        view.set("security_groups", Json.strings(port.settings().securityGroups()));
        view.put("description", port.settings().description());
        view.put("binding:vnic_type", "normal");
        if (caller.isAdmin()) {
            addBinding(view, port);
        }
        view.put("port_security_enabled", port.settings().portSecurity());
        view.putNull("qos_policy_id").putNull("qos_network_policy_id");
        if (caller.isAdmin()) {
            view.putNull("resource_request");
        }
        view.put("dns_name", "").set("dns_assignment", names(port));
        view.set("tags", Json.strings(port.tags()));
        return view.put("created_at", Timestamps.seconds(port.createdAt()))
                .put("updated_at", Timestamps.seconds(port.updatedAt()))
                .put("revision_number", port.revision())
                .put("project_id", port.projectId());
    }

    /** The name that Neutron's own name server would have for each address. */
    private static ArrayNode names(Port port) {
        ArrayNode names = Json.array();
        port.fixedIps().forEach(ip -> {
            String host = "host-" + ip.ipAddress().replaceAll("[.:]+", "-");
            names.add(Json.object()
                    .put("ip_address", ip.ipAddress())
                    .put("hostname", host)
                    .put("fqdn", host + ".openstacklocal."));
        });
        return names;
    }

    static ObjectNode network(Caller caller, Network network, Networks networks) {
        ObjectNode view = Json.object()
                .put("id", network.id())
                .put("name", network.name())
                .put("tenant_id", network.projectId())
                .put("admin_state_up", true)
                .put("mtu", 1450)
                .put("status", "ACTIVE");
        view.set(
                "subnets",
                Json.strings(networks.subnetsOf(network.id()).stream()
                        .map(Subnet::id)
                        .toList()));
        view.put("shared", network.shared());
        view.set("availability_zone_hints", Json.array());
        view.set("availability_zones", Json.array());
        view.putNull("ipv4_address_scope")
                .putNull("ipv6_address_scope")
                .put("router:external", network.external())
                .put("description", "")
                .put("port_security_enabled", true);
        view.set("tags", Json.array());
        view.put("created_at", Timestamps.seconds(network.createdAt()))
                .put("updated_at", Timestamps.seconds(network.createdAt()))
                .put("revision_number", 2)
                .put("project_id", network.projectId());
        if (caller.isAdmin()) {
            view.put("provider:network_type", "vxlan")
                    .putNull("provider:physical_network")
                    .put(
                            "provider:segmentation_id",
                            100 + Math.floorMod(network.id().hashCode(), 900));
        }
        return view;
    }

    static ObjectNode subnet(Subnet subnet) {
        ObjectNode view = Json.object()
                .put("id", subnet.id())
                .put("name", subnet.name())
                .put("tenant_id", subnet.projectId())
                .put("network_id", subnet.networkId())
                .put("ip_version", subnet.version())
                .putNull("subnetpool_id")
                .put("enable_dhcp", true)
                .put("ipv6_ra_mode", subnet.ipv6Mode())
                .put("ipv6_address_mode", subnet.ipv6Mode())
                .put("gateway_ip", subnet.gateway())
                .put("cidr", subnet.cidr());
        view.set(
                "allocation_pools",
                Json.array().add(Json.object().put("start", subnet.poolStart()).put("end", subnet.poolEnd())));
        view.set("host_routes", Json.array());
        view.set("dns_nameservers", Json.array());
        view.put("description", "");
        view.set("service_types", Json.array());
        view.set("tags", Json.array());
        return view.put("created_at", Timestamps.seconds(subnet.createdAt()))
                .put("updated_at", Timestamps.seconds(subnet.createdAt()))
                .put("revision_number", 0)
                .put("project_id", subnet.projectId());
    }

    static ObjectNode securityGroup(SecurityGroup group) {
        ObjectNode view = Json.object()
                .put("id", group.id())
                .put("name", group.name())
                .put("stateful", true)
                .put("tenant_id", group.projectId())
                .put("description", group.description())
                .put("shared", false);
        view.set(
                "security_group_rules",
                Json.array(group.rules().stream().map(rule -> rule(group, rule)).toList()));
        view.set("tags", Json.array());
        return view.put("created_at", Timestamps.seconds(group.createdAt()))
                .put("updated_at", Timestamps.seconds(group.createdAt()))
                .put("revision_number", group.rules().size())
                .put("project_id", group.projectId());
    }

    static ObjectNode rule(SecurityGroup group, SecurityGroupRule rule) {
        ObjectNode view = Json.object()
                .put("id", rule.id())
                .put("tenant_id", group.projectId())
                .put("security_group_id", group.id())
                .put("ethertype", rule.ethertype())
                .put("direction", rule.direction())
                .put("protocol", rule.protocol())
                .put("port_range_min", rule.port())
                .put("port_range_max", rule.port())
                .putNull("remote_ip_prefix")
                .putNull("remote_address_group_id")
                .putNull("normalized_cidr")
                .put("remote_group_id", rule.remoteGroupId())
                .put("standard_attr_id", Math.floorMod(rule.id().hashCode(), 10000))
                .put("description", rule.port() == null ? null : "");
        view.set("tags", Json.array());
        return view.put("created_at", Timestamps.seconds(group.createdAt()))
                .put("updated_at", Timestamps.seconds(group.createdAt()))
                .put("revision_number", 0)
                .put("project_id", group.projectId());
    }

    private static ObjectNode pair(Port port, AddressPair pair) {
        return Json.object()
                .put("mac_address", pair.macAddress() == null ? port.macAddress() : pair.macAddress())
                .put("ip_address", pair.ipAddress());
    }

    private static void addBinding(ObjectNode view, Port port) {
        view.set("binding:profile", Json.object());
        view.put("binding:host_id", port.host() == null ? "" : port.host());
        view.put("binding:vif_type", port.isActive() ? "ovs" : "unbound");
        ObjectNode details = Json.object();
        if (port.isActive()) {
            details.put("port_filter", true);
            details.set("bound_drivers", Json.object().put("0", "simulator"));
        }
        view.set("binding:vif_details", details);
    }
}
