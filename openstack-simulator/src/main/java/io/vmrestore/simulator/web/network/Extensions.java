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
            new Extension("address-group", "address-groups"),
            new Extension("agent", "agents"),
            new Extension("allowed-address-pairs", "", "allowed_address_pairs"),
            new Extension("availability_zone", "availability_zones"),
            new Extension(
                    "binding",
                    "",
                    "binding:host_id",
                    "binding:profile",
                    "binding:vif_details",
                    "binding:vif_type",
                    "binding:vnic_type"),
            new Extension("dns-integration", "", "dns_assignment", "dns_domain", "dns_name"),
            new Extension("external-net", "", "router:external"),
            new Extension("extra_dhcp_opt", "", "extra_dhcp_opts"),
            new Extension("filter-validation", ""),
            new Extension("fip-port-details", "", "port_details"),
            new Extension("net-mtu", "", "mtu"),
            new Extension("network-ip-availability", "network-ip-availabilities"),
            new Extension("pagination", ""),
            new Extension("port-security", "", "port_security_enabled"),
            new Extension("project-id", ""),
            new Extension(
                    "provider", "", "provider:network_type", "provider:physical_network", "provider:segmentation_id"),
            new Extension("port-resource-request", "", "resource_request"),
            new Extension("qos", "qos", "qos_policy_id", "qos_network_policy_id"),
            new Extension("quotas", "quotas"),
            new Extension("quota_details", "quotas/[^/]+/details"),
            new Extension("rbac-policies", "rbac-policies"),
            new Extension("revision-if-match", ""),
            new Extension("router", "(floatingips|routers)"),
            new Extension("security-group", "security-group(s|-rules)", "security_groups"),
            new Extension("sorting", ""),
            new Extension("standard-attr-description", "", "description"),
            new Extension("standard-attr-revisions", "", "revision_number"),
            new Extension("standard-attr-tag", "[a-z-]+/[^/]+/tags", "tags"),
            new Extension("standard-attr-timestamp", "", "created_at", "updated_at"),
            new Extension("trunk", "trunks", "trunk_details"),
            new Extension("trunk-details", "", "trunk_details"));

    private final Faults faults;

    Extensions(Faults faults) {
        this.faults = faults;
    }

    /** Those that are installed, by alias. */
    List<String> installed() {
        return ALL.stream()
                .map(Extension::alias)
                .filter(alias ->
                        faults.lasting(Fault.ExtensionMissing.class, alias).isEmpty())
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
    private record Extension(String alias, Pattern path, List<String> attributes) {
        Extension(String alias, String path, String... attributes) {
            this(
                    alias,
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
