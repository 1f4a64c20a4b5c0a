package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.web.kind.Field;
import io.vmrestore.simulator.web.kind.Kind;
import io.vmrestore.simulator.web.kind.Kind.Access;
import java.util.List;

/** What Neutron has besides: kept as it was sent, or empty as on a cloud without agents. */
final class NetworkKinds {
    /** Fields of a network; those that are records of their own are told from here. */
    static final Kind NETWORK = Kind.of(
            "/networks",
            "network",
            Access.PROJECT,
            "NetworkNotFound|Network %s could not be found.",
            Field.text("name", ""),
            Field.flag("admin_state_up", true),
            Field.flag("shared", false),
            Field.flag("router:external", false),
            Field.text("description", ""),
            Field.flag("port_security_enabled", true),
            Field.number("mtu", 1450),
            Field.list("availability_zone_hints"),
            Field.text("provider:network_type", "vxlan"),
            Field.text("provider:physical_network"),
            Field.number("provider:segmentation_id", 0).unset(),
            Field.uuid("qos_policy_id"),
            Field.text("dns_domain", ""),
            Field.flag("is_default", false));

    static final Kind SUBNET = Kind.of(
            "/subnets",
            "subnet",
            Access.PROJECT,
            "SubnetNotFound|Subnet %s could not be found.",
            Field.uuid("network_id").needed(),
            Field.number("ip_version", 4).needed(),
            Field.text("name", ""),
            Field.text("cidr"),
            Field.text("gateway_ip"),
            Field.text("description", ""),
            Field.flag("enable_dhcp", true),
            Field.text("ipv6_ra_mode"),
            Field.text("ipv6_address_mode"),
            Field.uuid("subnetpool_id"),
            Field.number("prefixlen", 0).unset(),
            Field.list("allocation_pools"),
            Field.list("dns_nameservers"),
            Field.list("host_routes"),
            Field.list("service_types"));

    static final Kind GROUP = Kind.of(
            "/security-groups",
            "security_group",
            Access.PROJECT,
            "SecurityGroupNotFound|Security group %s does not exist",
            Field.text("name", "").needed(),
            Field.text("description", ""),
            Field.flag("stateful", true));

    static final Kind RULE = Kind.of(
            "/security-group-rules",
            "security_group_rule",
            Access.PROJECT,
            "SecurityGroupRuleNotFound|Security group rule %s does not exist",
            Field.uuid("security_group_id").needed(),
            Field.text("direction", "").needed(),
            Field.text("ethertype", "IPv4"),
            Field.text("protocol"),
            Field.number("port_range_min", 0).unset(),
            Field.number("port_range_max", 0).unset(),
            Field.text("remote_ip_prefix"),
            Field.uuid("remote_group_id"),
            Field.uuid("remote_address_group_id"),
            Field.text("description", ""));

    static final Kind FLOATING_IP = Kind.of(
            "/floatingips",
            "floatingip",
            Access.PROJECT,
            "FloatingIPNotFound|Floating IP %s could not be found",
            Field.uuid("floating_network_id").needed(),
            Field.uuid("port_id"),
            Field.text("fixed_ip_address"),
            Field.text("floating_ip_address"),
            Field.uuid("subnet_id"),
            Field.text("description", ""),
            Field.text("dns_name", ""),
            Field.text("dns_domain", ""),
            Field.uuid("qos_policy_id"));

    static final Kind QOS_POLICY = Kind.of(
            "/qos/policies",
            "policy",
            Access.PROJECT,
            "QosPolicyNotFound|QoS policy %s could not be found.",
            Field.text("name", "").needed(),
            Field.text("description", ""),
            Field.flag("shared", false),
            Field.flag("is_default", false),
            Field.list("rules").told());

    static final List<Kind> KEPT = List.of(
            QOS_POLICY,
            Kind.of(
                    "/routers",
                    "router",
                    Access.PROJECT,
                    "RouterNotFound|Router %s could not be found",
                    Field.text("name", ""),
                    Field.flag("admin_state_up", true),
                    Field.text("status", "ACTIVE").told(),
                    Field.object("external_gateway_info").unset(),
                    Field.text("description", ""),
                    Field.list("availability_zones").told(),
                    Field.flag("distributed", false),
                    Field.flag("ha", false),
                    Field.uuid("flavor_id"),
                    Field.list("availability_zone_hints"),
                    Field.list("routes")),
            Kind.of(
                    "/trunks",
                    "trunk",
                    Access.PROJECT,
                    "TrunkNotFound|Trunk %s could not be found.",
                    Field.uuid("port_id").needed(),
                    Field.text("name", ""),
                    Field.text("description", ""),
                    Field.flag("admin_state_up", true),
                    Field.text("status", "DOWN").told(),
                    Field.list("sub_ports")),
            Kind.of(
                    "/rbac-policies",
                    "rbac_policy",
                    Access.PROJECT,
                    "RbacPolicyNotFound|RBAC policy with ID %s not found",
                    Field.text("object_type", "").needed(),
                    Field.uuid("object_id").needed(),
                    Field.text("action", "").needed(),
                    Field.text("target_tenant", "").needed()),
            Kind.of(
                    "/subnetpools",
                    "subnetpool",
                    Access.PROJECT,
                    "SubnetPoolNotFound|Subnet pool %s could not be found.",
                    Field.text("name", "").needed(),
                    Field.list("prefixes").needed(),
                    Field.text("description", ""),
                    Field.number("default_prefixlen", 8),
                    Field.number("min_prefixlen", 8),
                    Field.number("max_prefixlen", 32),
                    Field.number("default_quota", 0).unset(),
                    Field.uuid("address_scope_id"),
                    Field.flag("shared", false),
                    Field.flag("is_default", false)),
            Kind.of(
                    "/address-scopes",
                    "address_scope",
                    Access.PROJECT,
                    "AddressScopeNotFound|Address scope %s could not be found",
                    Field.text("name", "").needed(),
                    Field.number("ip_version", 4).needed(),
                    Field.flag("shared", false)),
            Kind.of(
                    "/address-groups",
                    "address_group",
                    Access.PROJECT,
                    "AddressGroupNotFound|Address group %s could not be found.",
                    Field.text("name", ""),
                    Field.text("description", ""),
                    Field.list("addresses")),
            Kind.empty("/agents", "agent", Access.SHARED, "AgentNotFound|Agent %s could not be found."),
            Kind.empty(
                    "/availability_zones",
                    "availability_zone",
                    Access.SHARED,
                    "AvailabilityZoneNotFound|AvailabilityZone %s could not be found."),
            Kind.empty("/flavors", "flavor", Access.SHARED, "FlavorNotFound|Flavor %s could not be found."),
            Kind.empty(
                    "/service_profiles",
                    "service_profile",
                    Access.ADMIN,
                    "ServiceProfileNotFound|Service Profile %s could not be found."),
            Kind.empty(
                    "/service-providers",
                    "service_provider",
                    Access.SHARED,
                    "HTTPNotFound|The resource could not be found."),
            Kind.empty(
                    "/floatingip_pools",
                    "floatingip_pool",
                    Access.SHARED,
                    "HTTPNotFound|The resource could not be found."));

    private NetworkKinds() {}
}
