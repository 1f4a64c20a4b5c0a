package io.vmrestore.openstack.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmrestore.openstack.transport.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nova's JSON of a server, read and written. */
final class ServerJson {

    private static final String ROOT_DEVICE = "OS-EXT-SRV-ATTR:root_device_name";
    private static final String USER_DATA = "OS-EXT-SRV-ATTR:user_data";

    /** What is read here, and what the cloud sets by itself. */
    private static final Set<String> KNOWN = Set.of(
            "id",
            "name",
            "status",
            "tenant_id",
            "user_id",
            "flavor",
            "key_name",
            "metadata",
            "tags",
            "description",
            "config_drive",
            "image",
            "addresses",
            "security_groups",
            "locked",
            "locked_reason",
            "host_status",
            "server_groups",
            "fault",
            "created",
            "updated",
            "hostId",
            "progress",
            "links",
            "accessIPv4",
            "accessIPv6",
            "OS-DCF:diskConfig",
            "OS-EXT-AZ:availability_zone",
            "OS-EXT-SRV-ATTR:host",
            "OS-EXT-SRV-ATTR:hostname",
            "OS-EXT-SRV-ATTR:hypervisor_hostname",
            "OS-EXT-SRV-ATTR:instance_name",
            "OS-EXT-SRV-ATTR:kernel_id",
            "OS-EXT-SRV-ATTR:launch_index",
            "OS-EXT-SRV-ATTR:ramdisk_id",
            "OS-EXT-SRV-ATTR:reservation_id",
            ROOT_DEVICE,
            "OS-EXT-SRV-ATTR:user_data",
            "OS-EXT-STS:power_state",
            "OS-EXT-STS:task_state",
            "OS-EXT-STS:vm_state",
            "OS-SRV-USG:launched_at",
            "OS-SRV-USG:terminated_at",
            "os-extended-volumes:volumes_attached");

    private ServerJson() {}

    static Server read(JsonNode server) {
        return new Server(
                Json.required(server, "id"),
                Json.text(server, "name"),
                Json.textOr(server, "status", "UNKNOWN"),
                Json.textOrNull(server, "OS-EXT-STS:task_state"),
                Json.text(server, "tenant_id"),
                Json.text(server, "user_id"),
                flavor(server.path("flavor")),
                Json.textOrNull(server, "key_name"),
                Json.map(server.path("metadata")),
                Json.texts(server.path("tags")),
                Json.textOrNull(server, "description"),
                Json.text(server, "OS-EXT-AZ:availability_zone"),
                Json.flag(server, "config_drive"),
                Json.textOrNull(server, ROOT_DEVICE),
                server.has(USER_DATA) ? Json.text(server, USER_DATA) : null,
                server.has(ROOT_DEVICE) || server.has(USER_DATA),
                // An object for an image, the empty text for a volume.
                Json.textOrNull(server.path("image"), "id"),
                nics(server.path("addresses")),
                // Once for each port that has it.
                Json.list(server.path("security_groups"), group -> Json.text(group, "name")).stream()
                        .distinct()
                        .toList(),
                Json.list(server.path("os-extended-volumes:volumes_attached"), volume -> attachment(volume, "id")),
                Json.flag(server, "locked"),
                server.hasNonNull("host_status") ? Json.text(server, "host_status") : null,
                Json.textOrNull(server, "OS-EXT-SRV-ATTR:host"),
                server.hasNonNull("server_groups") ? Json.texts(server.path("server_groups")) : null,
                Json.textOrNull(server.path("fault"), "message"),
                Json.timeOrNull(server, "created"),
                Json.timeOrNull(server, "OS-SRV-USG:launched_at"),
                Json.textOrNull(server, "accessIPv4"),
                Json.textOrNull(server, "accessIPv6"),
                Json.textOrNull(server, "OS-EXT-SRV-ATTR:hostname"),
                Json.others(server, KNOWN));
    }

    static VolumeAttachment attachment(JsonNode attachment, String idField) {
        return new VolumeAttachment(
                Json.required(attachment, idField),
                Json.textOrNull(attachment, "device"),
                Json.flagOrNull(attachment, "delete_on_termination"),
                Json.textOrNull(attachment, "tag"));
    }

    static ObjectNode write(ServerSpec spec) {
        ObjectNode request = Json.object();
        ObjectNode server = request.putObject("server");
        server.put("name", spec.name()).put("flavorRef", spec.flavorId());
        if (spec.portIds().isEmpty()) {
            server.put("networks", "none");
        } else {
            ArrayNode networks = server.putArray("networks");
            spec.portIds()
                    .forEach(port -> putIfPresent(
                            networks.addObject().put("port", port),
                            "tag",
                            spec.deviceTags().get(port)));
        }
        ObjectNode disk = server.putArray("block_device_mapping_v2").addObject();
        putIfPresent(disk, "tag", spec.deviceTags().get(spec.bootVolumeId()));
        disk.put("boot_index", 0)
                .put("uuid", spec.bootVolumeId())
                .put("source_type", "volume")
                .put("destination_type", "volume")
                .put("delete_on_termination", false);
        server.set("metadata", Json.of(spec.metadata()));
        ArrayNode tags = server.putArray("tags");
        spec.tags().forEach(tags::add);
        if (spec.configDrive()) {
            server.put("config_drive", true);
        }
        putIfPresent(server, "key_name", spec.keyName());
        putIfPresent(server, "description", spec.description());
        putIfPresent(server, "availability_zone", spec.availabilityZone());
        putIfPresent(server, "user_data", spec.userData());
        putIfPresent(server, "accessIPv4", spec.accessIpv4());
        putIfPresent(server, "accessIPv6", spec.accessIpv6());
        if (spec.serverGroupId() != null) {
            request.putObject("os:scheduler_hints").put("group", spec.serverGroupId());
        }
        return request;
    }

    private static void putIfPresent(ObjectNode server, String field, @Nullable String value) {
        if (value != null) {
            server.put(field, value);
        }
    }

    /** From 2.47 the flavor is embedded and has no id; before, it is an id and nothing else. */
    private static ServerFlavor flavor(JsonNode flavor) {
        return new ServerFlavor(
                Json.textOrNull(flavor, "id"),
                Json.text(flavor, "original_name"),
                flavor.path("vcpus").asInt(),
                flavor.path("ram").asInt(),
                flavor.path("disk").asInt(),
                flavor.path("ephemeral").asInt(),
                flavor.path("swap").asInt(),
                flavor.has("extra_specs") ? Json.map(flavor.path("extra_specs")) : null);
    }

    /** Nova lists addresses by network and in each by NIC; a dual-stack NIC has two entries of one MAC. */
    private static List<Nic> nics(JsonNode addresses) {
        Map<String, Nic> byMac = new LinkedHashMap<>();
        addresses
                .properties()
                .forEach(network -> network.getValue().forEach(address -> {
                    String mac = Json.text(address, "OS-EXT-IPS-MAC:mac_addr");
                    Nic nic = byMac.computeIfAbsent(mac, key -> new Nic(network.getKey(), key, List.of(), List.of()));
                    byMac.put(mac, with(nic, Json.text(address, "addr"), Json.text(address, "OS-EXT-IPS:type")));
                }));
        return List.copyOf(byMac.values());
    }

    private static Nic with(Nic nic, String address, String type) {
        List<String> fixed = new ArrayList<>(nic.fixedIps());
        List<String> floating = new ArrayList<>(nic.floatingIps());
        (type.equals("floating") ? floating : fixed).add(address);
        return new Nic(nic.networkName(), nic.macAddress(), fixed, floating);
    }
}
