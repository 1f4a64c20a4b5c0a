package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Flavor;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.ServerState;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.network.SecurityGroup;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A server as JSON, by microversion and role. */
final class ServerViews {
    private static final int ADMIN_DETAILS_SINCE = 3;
    private static final int LOCKED_SINCE = 9;
    private static final int HOST_STATUS_SINCE = 16;
    static final int DESCRIPTION_SINCE = 19;
    private static final int TAGS_SINCE = 26;
    private static final int EMBEDDED_FLAVOR_SINCE = 47;
    private static final int CERTIFICATES_SINCE = 63;
    private static final int GROUPS_SINCE = 71;
    private static final int LOCKED_REASON_SINCE = 73;
    private static final int HOSTNAME_FOR_ALL_SINCE = 90;

    private final Cloud cloud;
    private final ServerAddresses addresses;

    ServerViews(Cloud cloud) {
        this.cloud = cloud;
        this.addresses = new ServerAddresses(cloud);
    }

    static ObjectNode summary(Call call, Server server) {
        ObjectNode view = Json.object().put("id", server.id()).put("name", server.name());
        view.set("links", links(call, "servers", server.id()));
        return view;
    }

    /** The answer to a creation. */
    static ObjectNode accepted(Call call, Server server, String adminPassword) {
        ObjectNode view = Json.object().put("id", server.id());
        view.set("links", links(call, "servers", server.id()));
        view.put("OS-DCF:diskConfig", "MANUAL");
        List<String> groups = server.spec().securityGroups().isEmpty()
                ? List.of(SecurityGroup.DEFAULT)
                : server.spec().securityGroups();
        view.set("security_groups", names(groups));
        return view.put("adminPass", adminPassword);
    }

    /** The server as one of a list: a list knows no server groups. */
    ObjectNode listed(Call call, Server server) {
        ObjectNode view = full(call, server);
        view.remove("server_groups");
        return view;
    }

    ObjectNode full(Call call, Server server) {
        ServerState state = server.state();
        ObjectNode view = Json.object()
                .put("id", server.id())
                .put("name", server.name())
                .put("status", state.vmState().status())
                .put("tenant_id", server.projectId())
                .put("user_id", server.owner().userId());
        view.set("metadata", Json.strings(server.spec().metadata()));
        view.put("hostId", hostId(server));
        if (server.spec().imageId() == null) {
            view.put("image", "");
        } else {
            view.set("image", referenced(call, "images", server.spec().imageId()));
        }
        view.set("flavor", flavor(call, server.spec().flavor()));
        view.put("created", Timestamps.seconds(server.createdAt()));
        view.put("updated", Timestamps.seconds(server.updatedAt()));
        view.set("addresses", addresses.of(server, true));
        view.put("accessIPv4", "").put("accessIPv6", "");
        view.set("links", links(call, "servers", server.id()));
        view.put("OS-DCF:diskConfig", "MANUAL");
        if (state.vmState() == VmState.ACTIVE || state.vmState() == VmState.BUILDING) {
            view.put("progress", 0);
        }
        addFault(call, server, view);
        view.put("OS-EXT-AZ:availability_zone", state.host() == null ? "" : Volumes.ZONE)
                .put("config_drive", server.spec().configDrive() ? "True" : "")
                .put("key_name", server.spec().keyName())
                .put("OS-SRV-USG:launched_at", Timestamps.stored(state.launchedAt()))
                .put("OS-SRV-USG:terminated_at", Timestamps.stored(state.terminatedAt()));
        List<String> groups = securityGroups(server);
        if (!groups.isEmpty()) {
            view.set("security_groups", names(groups));
        }
        addAdminDetails(call, server, view);
        view.put("OS-EXT-STS:task_state", state.taskState())
                .put("OS-EXT-STS:vm_state", state.vmState().text())
                .put("OS-EXT-STS:power_state", state.vmState().power());
        view.set("os-extended-volumes:volumes_attached", volumes(call, server));
        addByVersion(call, server, view);
        return view;
    }

    static ArrayNode links(Call call, String kind, String id) {
        return Json.array()
                .add(Json.link("self", call.base() + "/compute/v2.1/" + kind + "/" + id))
                .add(Json.link("bookmark", call.base() + "/compute/" + kind + "/" + id));
    }

    private static void addFault(Call call, Server server, ObjectNode view) {
        ServerState.ServerFault fault = server.state().fault();
        boolean over =
                server.state().vmState() == VmState.ERROR || server.state().vmState() == VmState.DELETED;
        if (fault != null && over) {
            ObjectNode body = Json.object()
                    .put("code", 500)
                    .put("created", Timestamps.seconds(fault.at()))
                    .put("message", fault.message());
            if (call.caller().isAdmin()) {
                body.put("details", "Traceback (most recent call last):\n" + fault.message());
            }
            view.set("fault", body);
        }
    }

    private static void addAdminDetails(Call call, Server server, ObjectNode view) {
        if (!call.caller().isAdmin()) {
            return;
        }
        ServerState state = server.state();
        boolean reachedCell = state.host() != null || state.fault() != null;
        view.put("OS-EXT-SRV-ATTR:host", state.host())
                .put(
                        "OS-EXT-SRV-ATTR:instance_name",
                        reachedCell
                                ? String.format("instance-%08x", server.spec().number())
                                : "")
                .put("OS-EXT-SRV-ATTR:hypervisor_hostname", state.host());
        if (call.version().atLeast(ADMIN_DETAILS_SINCE)) {
            view.put("OS-EXT-SRV-ATTR:reservation_id", server.spec().reservationId())
                    .put("OS-EXT-SRV-ATTR:launch_index", 0)
                    .put("OS-EXT-SRV-ATTR:hostname", hostname(server))
                    .put("OS-EXT-SRV-ATTR:kernel_id", "")
                    .put("OS-EXT-SRV-ATTR:ramdisk_id", "")
                    .put("OS-EXT-SRV-ATTR:root_device_name", rootDevice(server))
                    .put("OS-EXT-SRV-ATTR:user_data", server.spec().userData());
        }
    }

    private void addByVersion(Call call, Server server, ObjectNode view) {
        boolean admin = call.caller().isAdmin();
        if (call.version().atLeast(HOST_STATUS_SINCE) && admin) {
            view.put("host_status", cloud.servers().hosts().status(server));
        }
        if (call.version().atLeast(LOCKED_SINCE)) {
            view.put("locked", server.state().locked());
        }
        if (call.version().atLeast(LOCKED_REASON_SINCE)) {
            view.put("locked_reason", server.state().lockedReason());
        }
        if (call.version().atLeast(DESCRIPTION_SINCE)) {
            view.put("description", server.spec().description());
        }
        if (call.version().atLeast(TAGS_SINCE)) {
            view.set("tags", Json.strings(server.spec().tags()));
        }
        if (call.version().atLeast(CERTIFICATES_SINCE)) {
            view.putNull("trusted_image_certificates");
        }
        if (call.version().atLeast(HOSTNAME_FOR_ALL_SINCE) && !admin) {
            view.put("OS-EXT-SRV-ATTR:hostname", hostname(server));
        }
        if (call.version().atLeast(GROUPS_SINCE)) {
            @Nullable String group = server.spec().serverGroupId();
            view.set("server_groups", Json.strings(group == null ? List.of() : List.of(group)));
        }
    }

    /** Until 2.46 a reference; from 2.47 a copy without the id. */
    private static ObjectNode flavor(Call call, Flavor flavor) {
        if (!call.version().atLeast(EMBEDDED_FLAVOR_SINCE)) {
            return referenced(call, "flavors", flavor.id());
        }
        ObjectNode view = Json.object()
                .put("vcpus", flavor.vcpus())
                .put("ram", flavor.ram())
                .put("disk", flavor.disk())
                .put("ephemeral", 0)
                .put("swap", 0)
                .put("original_name", flavor.name());
        view.set("extra_specs", Json.strings(flavor.extraSpecs()));
        return view;
    }

    private static ObjectNode referenced(Call call, String kind, String id) {
        ObjectNode view = Json.object().put("id", id);
        view.set("links", Json.array().add(Json.link("bookmark", call.base() + "/compute/" + kind + "/" + id)));
        return view;
    }

    /** Nothing is known of the disks until a scheduler has seen the server. */
    private static ArrayNode volumes(Call call, Server server) {
        ArrayNode array = Json.array();
        boolean scheduled = server.state().wasScheduled();
        for (Disk disk : scheduled ? server.state().disks() : List.<Disk>of()) {
            if (disk.volumeId() != null) {
                ObjectNode volume = Json.object().put("id", disk.volumeId());
                if (call.version().atLeast(ADMIN_DETAILS_SINCE)) {
                    volume.put("delete_on_termination", disk.deleteOnTermination());
                }
                array.add(volume);
            }
        }
        return array;
    }

    private List<String> securityGroups(Server server) {
        return cloud.ports()
                .ofDevice(server.id())
                .flatMap(port -> port.settings().securityGroups().stream())
                .flatMap(id -> cloud.securityGroups().find(id).stream())
                .map(SecurityGroup::name)
                .toList();
    }

    static ArrayNode names(List<String> names) {
        return Json.array(
                names.stream().map(name -> Json.object().put("name", name)).toList());
    }

    private static @Nullable String rootDevice(Server server) {
        if (server.spec().imageId() != null) {
            return server.state().host() == null ? null : "/dev/vda";
        }
        return server.state().disks().stream()
                .filter(Disk::boot)
                .findFirst()
                .map(Disk::device)
                .orElse(null);
    }

    private static String hostname(Server server) {
        String name = server.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
        return name.length() > 63 ? name.substring(0, 63) : name;
    }

    private static String hostId(Server server) {
        if (server.state().host() == null) {
            return "";
        }
        UUID hash =
                UUID.nameUUIDFromBytes((server.projectId() + server.state().host()).getBytes(StandardCharsets.UTF_8));
        String digits = hash.toString().replace("-", "");
        return (digits + digits).substring(0, 56);
    }
}
