package io.vmrestore.openstack.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.quota.QuotaLine;
import io.vmrestore.openstack.quota.QuotaSet;
import io.vmrestore.openstack.transport.Json;
import io.vmrestore.openstack.transport.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Nova in one project. The admin role reaches the servers of other projects by their id: compare {@code projectId}
 * before relying on one.
 */
public final class Compute {
    private final Session nova;

    /** Asks by the given session. */
    public Compute(Session nova) {
        this.nova = nova;
    }

    /**
     * The server with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Server server(String id) {
        return nova.read("/servers/" + Json.part(id), Map.of(), "server", ServerJson::read);
    }

    /** The servers that the query describes, over all pages: one request per page, for pollers of many servers. */
    public List<Server> servers(ServerQuery query) {
        return nova.elements("/servers/detail", query.parameters(), "servers", ServerJson::read).stream()
                .filter(query::matches)
                .toList();
    }

    /**
     * The names of the project's servers that contain this text, as one light list.
     *
     * @param part letters, digits and dashes; Nova takes the filter for a regular expression
     */
    public Set<String> serverNames(String part) {
        return nova.list("/servers", Map.of("name", part), "servers").stream()
                .map(server -> Json.text(server, "name"))
                .filter(name -> name.contains(part))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The server's volumes with their devices.
     *
     * @throws CloudException.NotFound if there is no such server
     */
    public List<VolumeAttachment> attachments(String serverId) {
        return nova.allElements(
                "/servers/" + Json.part(serverId) + "/os-volume_attachments",
                "volumeAttachments",
                attachment -> ServerJson.attachment(attachment, "volumeId"));
    }

    /**
     * Makes a server; returns its id at once, while it is built.
     *
     * @throws CloudException.QuotaExceeded if the project's instances, cores, ram or the like are used up
     * @throws CloudException.Invalid if flavor, key, volume, zone or user_data is refused
     * @throws CloudException.Conflict if a port is in use
     */
    public String create(ServerSpec spec) {
        return Json.required(nova.create("/servers", ServerJson.write(spec), "server"), "id");
    }

    /** The ids of the ports that Nova has plugged into the server. */
    public List<String> interfaces(String serverId) {
        return nova.list("/servers/" + Json.part(serverId) + "/os-interface", Map.of(), "interfaceAttachments").stream()
                .map(card -> Json.text(card, "port_id"))
                .toList();
    }

    /**
     * Asks for the server's deletion, which takes its time.
     *
     * @throws CloudException.NotFound if there is none
     * @throws CloudException.Conflict if it is locked
     */
    public void delete(String id) {
        nova.call(os -> os.compute().servers().delete(Json.part(id)));
    }

    /**
     * Deletes a server for good that a cloud with {@code reclaim_instance_interval} keeps as {@code SOFT_DELETED}.
     *
     * @throws CloudException.NotFound if there is none
     */
    public void forceDelete(String id) {
        ObjectNode action = Json.object();
        action.putNull("forceDelete");
        nova.post("/servers/" + Json.part(id) + "/action", action);
    }

    /** All flavors that the project may use; with the admin role, private ones of others too. */
    public List<Flavor> flavors() {
        // "None" is Nova's word for public and private alike; without the admin role it is ignored.
        return nova.elements("/flavors/detail", Map.of("is_public", "None"), "flavors", Compute::flavor);
    }

    /**
     * The project's quota by name: {@code instances}, {@code cores}, {@code ram} (MiB) and others that Nova lists;
     * empty if it does not tell.
     */
    public Map<String, QuotaLine> quota() {
        return QuotaSet.told(
                () -> nova.get("/os-quota-sets/" + nova.projectId() + "/detail", "quota_set"),
                UnaryOperator.identity());
    }

    /**
     * What is known of the host from its compute service: {@code UP} or {@code DOWN}; empty if the cloud does not tell,
     * which needs the admin role.
     */
    public Optional<String> hostStatus(String host) {
        Map<String, String> query = Map.of("binary", "nova-compute", "host", host);
        return Session.optional(() -> nova.list("/os-services", query, "services")).stream()
                .flatMap(List::stream)
                .filter(service -> host.equals(Json.text(service, "host")))
                .filter(service -> "nova-compute".equals(Json.text(service, "binary")))
                .findFirst()
                .map(Compute::serviceStatus);
    }

    /** The project's server groups that have this member, by id; empty if the cloud does not tell its groups. */
    public Optional<List<String>> serverGroupsOf(String serverId) {
        return Session.optional(() -> nova.list("/os-server-groups", Map.of(), "server_groups"))
                .map(groups -> groups.stream()
                        .filter(group -> Json.texts(group.path("members")).contains(serverId))
                        .map(group -> Json.text(group, "id"))
                        .filter(id -> !id.isEmpty())
                        .toList());
    }

    private static String serviceStatus(JsonNode service) {
        boolean up = "up".equals(Json.text(service, "state")) && !Json.flag(service, "forced_down");
        return up ? "UP" : "DOWN";
    }

    /**
     * Nova's absolute limits of the project by Nova's names, such as {@code maxServerMeta} and
     * {@code maxTotalKeypairs}; {@code -1} means unlimited.
     */
    public Map<String, Long> limits() {
        Map<String, Long> limits = new LinkedHashMap<>();
        nova.get("/limits", "limits").path("absolute").properties().forEach(limit -> {
            if (limit.getValue().isIntegralNumber()) {
                limits.put(limit.getKey(), limit.getValue().asLong());
            }
        });
        return limits;
    }

    /** The availability zones that servers may ask for: those with a host that is enabled. */
    public Set<String> availabilityZones() {
        return nova.list("/os-availability-zone", Map.of(), "availabilityZoneInfo").stream()
                .filter(zone -> Json.flag(zone.path("zoneState"), "available"))
                .map(zone -> Json.text(zone, "zoneName"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The server group with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public ServerGroup serverGroup(String id) {
        return nova.read("/os-server-groups/" + Json.part(id), Map.of(), "server_group", Compute::serverGroup);
    }

    /** The ids of the project's server groups. */
    public List<String> serverGroupIds() {
        return nova.list("/os-server-groups", Map.of(), "server_groups").stream()
                .map(group -> Json.text(group, "id"))
                .toList();
    }

    private static ServerGroup serverGroup(JsonNode group) {
        String policy = Json.text(group, "policy");
        return new ServerGroup(
                Json.required(group, "id"),
                Json.text(group, "name"),
                // Before compute 2.64 it is a list of one.
                policy.isEmpty() ? String.join(", ", Json.texts(group.path("policies"))) : policy,
                Json.texts(group.path("members")));
    }

    /** The device tags of the server's interfaces, by the ids of their ports. */
    public Map<String, String> interfaceTags(String serverId) {
        Map<String, String> tags = new LinkedHashMap<>();
        nova.list("/servers/" + Json.part(serverId) + "/os-interface", Map.of(), "interfaceAttachments")
                .forEach(attached -> {
                    String tag = Json.text(attached, "tag");
                    if (!tag.isEmpty()) {
                        tags.put(Json.text(attached, "port_id"), tag);
                    }
                });
        return tags;
    }

    /** Replaces all tags of a server. */
    public void setTags(String serverId, List<String> tags) {
        ObjectNode request = Json.object();
        ArrayNode all = request.putArray("tags");
        tags.forEach(all::add);
        nova.put("/servers/" + Json.part(serverId) + "/tags", request);
    }

    private static Flavor flavor(JsonNode flavor) {
        return new Flavor(
                Json.required(flavor, "id"),
                Json.text(flavor, "name"),
                flavor.path("vcpus").asInt(),
                flavor.path("ram").asInt(),
                flavor.path("disk").asInt(),
                Json.flag(flavor, "os-flavor-access:is_public"),
                flavor.path("OS-FLV-EXT-DATA:ephemeral").asInt(),
                // No swap is the empty text.
                flavor.path("swap").asInt(),
                flavor.has("extra_specs") ? Json.map(flavor.path("extra_specs")) : null);
    }
}
