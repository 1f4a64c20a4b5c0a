package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.ServerRequest;
import io.vmrestore.simulator.cloud.network.IpAddress;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Microversion;
import io.vmrestore.simulator.web.PythonText;
import io.vmrestore.simulator.web.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a wanted server with the checks, and in the words, of Nova's schemas. */
final class ServerBody {
    private static final Set<String> ALWAYS = Set.of(
            "name",
            "imageRef",
            "flavorRef",
            "adminPass",
            "metadata",
            "networks",
            "OS-DCF:diskConfig",
            "accessIPv4",
            "accessIPv6",
            "block_device_mapping",
            "block_device_mapping_v2",
            "availability_zone",
            "config_drive",
            "key_name",
            "min_count",
            "max_count",
            "return_reservation_id",
            "security_groups",
            "user_data",
            "personality");
    private static final Map<String, Integer> SINCE = new TreeMap<>(Map.of(
            "description",
            19,
            "tags",
            52,
            "trusted_image_certificates",
            63,
            "host",
            74,
            "hypervisor_hostname",
            74,
            "hostname",
            90));
    private static final Set<String> SOURCES = Set.of("volume", "image", "snapshot", "blank");
    private static final int NETWORKS_REQUIRED_SINCE = 37;
    private static final int MAX_TAGS = 50;
    private static final int MAX_USER_DATA = 65535;

    private final ObjectNode server;
    private final ObjectNode hints;
    private final Microversion version;

    private ServerBody(ObjectNode server, ObjectNode hints, Microversion version) {
        this.server = server;
        this.hints = hints;
        this.version = version;
    }

    static ServerRequest read(Call call) {
        ObjectNode body = call.json();
        ObjectNode hints = body.get("os:scheduler_hints") instanceof ObjectNode known
                ? known
                : body.get("OS-SCH-HNT:scheduler_hints") instanceof ObjectNode alias ? alias : Json.object();
        return new ServerBody(call.json("server"), hints, call.version()).read();
    }

    private ServerRequest read() {
        checkNames();
        @Nullable String image = Json.text(server, "imageRef");
        return new ServerRequest(
                name(server),
                version.atLeast(19) ? Json.text(server, "description") : name(server),
                flavor(),
                image == null || image.isEmpty() ? null : image,
                disks(),
                nics(),
                Json.text(server, "key_name"),
                userData(),
                Boolean.TRUE.equals(Json.bool(server, "config_drive")),
                Json.text(server, "availability_zone"),
                metadata(),
                tags(),
                Json.text(hints, "group"),
                securityGroups());
    }

    private void checkNames() {
        for (String field : server.propertyNames()) {
            int since = SINCE.getOrDefault(field, 0);
            boolean known = ALWAYS.contains(field) || SINCE.containsKey(field);
            if (!known || !version.atLeast(since)) {
                throw invalidServer("Additional properties are not allowed ('" + field + "' was unexpected)");
            }
        }
        for (String required : List.of("name", "flavorRef")) {
            if (!server.has(required)) {
                throw invalidServer("'" + required + "' is a required property");
            }
        }
        if (version.atLeast(NETWORKS_REQUIRED_SINCE) && !server.has("networks")) {
            throw invalidServer("'networks' is a required property");
        }
    }

    static String name(JsonNode server) {
        String name = server.path("name").asString("");
        if (name.length() > Schema.MAX_TEXT) {
            throw Schema.invalid("name", name, "'" + name + "' is too long");
        }
        if (name.isBlank() || !name.strip().equals(name)) {
            throw Refused.badRequest("An invalid 'name' value was provided. The name must be: printable characters. Can"
                    + " not start or end with whitespace.");
        }
        return name;
    }

    /** The id, or the link that ends in it. */
    private String flavor() {
        String reference = server.path("flavorRef").asString("");
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private @Nullable String userData() {
        @Nullable String userData = Json.text(server, "user_data");
        if (userData != null && userData.length() > MAX_USER_DATA) {
            throw Schema.invalid("user_data", userData, "'" + userData + "' is too long");
        }
        return userData;
    }

    private Map<String, String> metadata() {
        return Schema.metadata(server, "metadata");
    }

    private List<String> tags() {
        List<String> tags = Json.list(server, "tags");
        for (int i = 0; i < tags.size(); i++) {
            ServerTagsApi.check(String.valueOf(i), tags.get(i));
        }
        if (tags.size() > MAX_TAGS) {
            throw Schema.invalid("tags", PythonText.of(server.path("tags")), "the list is too long");
        }
        return tags;
    }

    private List<String> securityGroups() {
        List<String> names = new ArrayList<>();
        for (JsonNode group : server.path("security_groups")) {
            @Nullable String name = Json.text(group, "name");
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private List<ServerRequest.WantedDisk> disks() {
        List<ServerRequest.WantedDisk> disks = new ArrayList<>();
        for (JsonNode entry : server.path("block_device_mapping_v2")) {
            String source = entry.path("source_type").asString("");
            if (!SOURCES.contains(source)) {
                throw Schema.invalid(
                        "source_type",
                        source,
                        "'" + source + "' is not one of ['volume', 'image', 'snapshot', 'blank']");
            }
            boolean localRoot = source.equals("image")
                    && entry.path("destination_type").asString("").equals("local");
            if (!localRoot) {
                disks.add(new ServerRequest.WantedDisk(
                        Disk.Source.valueOf(source.toUpperCase(Locale.ROOT)),
                        Json.text(entry, "uuid"),
                        Json.integer(entry, "volume_size"),
                        Json.integer(entry, "boot_index"),
                        Boolean.TRUE.equals(Json.bool(entry, "delete_on_termination")),
                        Json.text(entry, "tag")));
            }
        }
        return disks;
    }

    private @Nullable List<Nic> nics() {
        JsonNode networks = server.path("networks");
        if (networks.isMissingNode() || networks.asString("").equals("auto")) {
            return null;
        }
        List<Nic> nics = new ArrayList<>();
        for (JsonNode entry : networks) {
            nics.add(nic(entry, networks));
        }
        return nics;
    }

    private static Nic nic(JsonNode entry, JsonNode networks) {
        @Nullable String port = Json.text(entry, "port");
        @Nullable String network = Json.text(entry, "uuid");
        @Nullable String address = Json.text(entry, "fixed_ip");
        boolean malformed = (port != null && !Schema.isUuid(port))
                || (network != null && !Schema.isUuid(network))
                || (address != null && IpAddress.parse(address).isEmpty());
        if (malformed || (port == null && network == null)) {
            String shown = PythonText.of(networks);
            throw Schema.invalid("networks", shown, shown + " is not valid under any of the given schemas");
        }
        if (port != null && address != null) {
            throw Refused.badRequest("Specified Fixed IP '" + address + "' cannot be used with port '" + port
                    + "': the two cannot be specified together.");
        }
        return port == null ? Nic.onNetwork(network == null ? "" : network, address) : Nic.ofPort(port);
    }

    private Refused invalidServer(String reason) {
        return Schema.invalid("server", PythonText.of(server), reason);
    }
}
