package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of Neutron is optional: the paths and attributes of each extension, all of which can be missing. */
final class Extensions {
    private static final List<Extension> ALL = List.of(
            new Extension("address-group", "Address group", "address-groups"),
            new Extension("agent", "agent", "agents"),
            new Extension("allowed-address-pairs", "Allowed Address Pairs", "", "allowed_address_pairs"),
            new Extension("availability_zone", "Availability Zone", "availability_zones"),
            new Extension(
                    "binding",
                    "Port Binding",
                    "",
                    "binding:host_id",
                    "binding:profile",
                    "binding:vif_details",
                    "binding:vif_type",
                    "binding:vnic_type"),
            new Extension("dns-integration", "DNS Integration", "", "dns_assignment", "dns_domain", "dns_name"),
            new Extension("external-net", "Neutron external network", "", "router:external"),
            new Extension("extra_dhcp_opt", "Neutron Extra DHCP options", "", "extra_dhcp_opts"),
            new Extension("filter-validation", "Filter parameters validation", ""),
            new Extension("fip-port-details", "Floating IP Port Details Extension", "", "port_details"),
            new Extension("net-mtu", "Network MTU", "", "mtu"),
            new Extension("network-ip-availability", "Network IP Availability", "network-ip-availabilities"),
            new Extension("pagination", "Pagination support", ""),
            new Extension("port-security", "Port Security", "", "port_security_enabled"),
            new Extension("project-id", "project_id field enabled", ""),
            new Extension(
                    "provider",
                    "Provider Network",
                    "",
                    "provider:network_type",
                    "provider:physical_network",
                    "provider:segmentation_id"),
            new Extension("port-resource-request", "Port Resource Request", "", "resource_request"),
            new Extension("qos", "Quality of Service", "qos", "qos_policy_id", "qos_network_policy_id"),
            new Extension("quotas", "Quota management support", "quotas"),
            new Extension("quota_details", "Quota details management support", "quotas/[^/]+/details"),
            new Extension("rbac-policies", "RBAC Policies", "rbac-policies"),
            new Extension("revision-if-match", "If-Match constraints based on revision_number", ""),
            new Extension("router", "Neutron L3 Router", "(floatingips|routers)"),
            new Extension("security-group", "security-group", "security-group(s|-rules)", "security_groups"),
            new Extension("sorting", "Sorting support", ""),
            new Extension("standard-attr-description", "standard-attr-description", "", "description"),
            new Extension("standard-attr-revisions", "Resource revision numbers", "", "revision_number"),
            new Extension(
                    "standard-attr-tag",
                    "Tag support for resources with standard attribute: port, subnet, subnetpool, network,"
                            + " security_group, router, floatingip, policy, trunk, network_segment_range",
                    "[a-z-]+/[^/]+/tags",
                    "tags"),
            new Extension("standard-attr-timestamp", "Resource timestamps", "", "created_at", "updated_at"),
            new Extension("trunk", "Trunk Extension", "trunks", "trunk_details"),
            new Extension("trunk-details", "Trunk port details", "", "trunk_details"));

    private final Faults faults;

    Extensions(Faults faults) {
        this.faults = faults;
    }

    /** Those that are installed. */
    List<Extension> installed() {
        return ALL.stream()
                .filter(one -> faults.lasting(Fault.ExtensionMissing.class, one.alias())
                        .isEmpty())
                .toList();
    }

    /** The endpoint as it is without the extensions that are missing at the time of the call. */
    Endpoint guarded(Endpoint endpoint) {
        return call -> {
            if (!faults.has(Fault.ExtensionMissing.class)) {
                return endpoint.handle(call);
            }
            List<Missing> missing = ALL.stream()
                    .flatMap(extension -> faults.lasting(Fault.ExtensionMissing.class, extension.alias()).stream()
                            .map(fault -> new Missing(extension, fault)))
                    .toList();
            Optional<Missing> whole =
                    missing.stream().filter(one -> one.extension().owns(call)).findFirst();
            if (whole.isPresent()) {
                return whole.get().answer();
            }
            List<String> attributes = missing.stream()
                    .flatMap(one -> one.extension().attributes().stream())
                    .toList();
            refuseUnknown(call, attributes);
            Answer answer = endpoint.handle(call);
            if (answer.body() instanceof ObjectNode body) {
                body.forEach(value -> elements(value).forEach(element -> element.remove(attributes)));
            }
            return answer;
        };
    }

    private static void refuseUnknown(Call call, List<String> missing) {
        List<String> filters = missing.stream()
                .filter(name -> call.allQueries().containsKey(name))
                .toList();
        if (!filters.isEmpty()) {
            throw NetworkLists.unknownFilters(filters);
        }
        if (call.hasBody()) {
            List<String> sent = call.json()
                    .valueStream()
                    .filter(JsonNode::isObject)
                    .flatMap(wanted -> wanted.propertyNames().stream())
                    .filter(missing::contains)
                    .toList();
            if (!sent.isEmpty()) {
                throw Refused.badRequest("Unrecognized attribute(s) '" + String.join(", ", sent) + "'");
            }
        }
    }

    private static Stream<ObjectNode> elements(JsonNode value) {
        Stream<JsonNode> nodes = value.isArray() ? value.valueStream() : Stream.of(value);
        return nodes.filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    /** One extension: the regular expression of its paths below the version, empty: none; and its attributes. */
    record Extension(String alias, String name, Pattern path, List<String> attributes) {
        Extension(String alias, String name, String path, String... attributes) {
            this(
                    alias,
                    name,
                    Pattern.compile(path.isEmpty() ? "(?!)" : "/network/v2\\.0/" + path + "([/.].*)?"),
                    List.of(attributes));
        }

        boolean owns(Call call) {
            return path.matcher(call.rawPath()).matches();
        }
    }

    private record Missing(Extension extension, Fault.ExtensionMissing fault) {
        Answer answer() {
            NetworkDialect dialect = new NetworkDialect();
            return fault.status() == null || fault.status() == 404
                    ? dialect.notRouted()
                    : dialect.error(fault.status(), "The plugin does not implement this.");
        }
    }
}
