package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.network.SecurityGroup;
import io.vmrestore.simulator.cloud.network.SecurityGroupRule;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeAttachment;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import io.vmrestore.simulator.web.Timestamps;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What belongs to a server: disks, cards, addresses, security groups and its history. */
final class ServerPartsApi {
    private static final int TAG_SINCE = 70;
    private static final int ATTACH_TAG_SINCE = 49;
    private static final int TERMINATION_SINCE = 79;
    private static final int NO_ID_SINCE = 89;

    private final Cloud cloud;
    private final ServerAddresses addresses;

    ServerPartsApi(Cloud cloud) {
        this.cloud = cloud;
        this.addresses = new ServerAddresses(cloud);
    }

    void register(Routes routes) {
        routes.get("/servers/{server}/os-volume_attachments", this::disks)
                .post("/servers/{server}/os-volume_attachments", this::attach)
                .get("/servers/{server}/os-volume_attachments/{volume}", this::disk)
                .delete("/servers/{server}/os-volume_attachments/{volume}", this::detach)
                .get("/servers/{server}/os-interface", this::interfaces)
                .get("/servers/{server}/os-interface/{port}", this::oneInterface)
                .get("/servers/{server}/os-security-groups", this::securityGroups)
                .get("/servers/{server}/ips", this::addresses)
                .get("/servers/{server}/os-instance-actions", this::history);
    }

    private Answer disks(Call call) {
        Server server = server(call);
        return Answer.ok(Json.object(
                "volumeAttachments",
                Json.array(known(server).map(disk -> view(call, server, disk)).toList())));
    }

    private Answer disk(Call call) {
        Server server = server(call);
        String volume = call.path("volume");
        return known(server)
                .filter(disk -> volume.equals(disk.volumeId()))
                .findFirst()
                .map(disk -> Answer.ok(Json.object("volumeAttachment", view(call, server, disk))))
                .orElseThrow(
                        () -> Refused.notFound("Instance " + server.id() + " is not attached to volume " + volume));
    }

    private Answer attach(Call call) {
        ObjectNode wanted = call.json("volumeAttachment");
        Set<String> known = new HashSet<>(Set.of("volumeId", "device"));
        if (call.version().atLeast(ATTACH_TAG_SINCE)) {
            known.add("tag");
        }
        if (call.version().atLeast(TERMINATION_SINCE)) {
            known.add("delete_on_termination");
        }
        Schema.object("volumeAttachment", wanted, known, List.of("volumeId"));
        @Nullable String volume = Json.text(wanted, "volumeId");
        if (volume == null || !Schema.isUuid(volume)) {
            throw Schema.invalid("volumeId", String.valueOf(volume), "'" + volume + "' is not a 'uuid'");
        }
        boolean terminate = Boolean.TRUE.equals(Json.bool(wanted, "delete_on_termination"));
        Disk disk = cloud.servers().attach(call.caller(), call.path("server"), volume, terminate);
        return Answer.ok(Json.object("volumeAttachment", view(call, server(call), disk)));
    }

    private Answer detach(Call call) {
        cloud.servers().detach(call.caller(), call.path("server"), call.path("volume"));
        return Answer.empty(202);
    }

    private Answer interfaces(Call call) {
        Server server = server(call);
        List<ObjectNode> cards = server.state().nics().stream()
                .map(Nic::portId)
                .filter(Objects::nonNull)
                .flatMap(id -> cloud.ports().find(id).stream())
                .filter(port -> port.deviceId().equals(server.id()))
                .map(ServerPartsApi::view)
                .toList();
        return Answer.ok(Json.object("interfaceAttachments", Json.array(cards)));
    }

    private Answer oneInterface(Call call) {
        Server server = server(call);
        String id = call.path("port");
        return cloud.ports()
                .find(id)
                .filter(port -> port.deviceId().equals(server.id()))
                .map(port -> Answer.ok(Json.object("interfaceAttachment", view(port))))
                .orElseThrow(() -> Refused.notFound("Instance " + server.id() + " does not have a port with id " + id));
    }

    private Answer securityGroups(Call call) {
        Server server = server(call);
        List<ObjectNode> groups = cloud.ports()
                .ofDevice(server.id())
                .flatMap(port -> port.settings().securityGroups().stream())
                .distinct()
                .flatMap(id -> cloud.securityGroups().find(id).stream())
                .map(ServerPartsApi::view)
                .toList();
        return Answer.ok(Json.object("security_groups", Json.array(groups)));
    }

    private Answer addresses(Call call) {
        return Answer.ok(Json.object("addresses", addresses.of(server(call), false)));
    }

    /** One entry; it tells of an error only if no host was found, whatever else went wrong. */
    private Answer history(Call call) {
        Server server = server(call);
        boolean unscheduled = server.state().vmState() == VmState.ERROR
                && server.state().disks().stream().allMatch(disk -> disk.device() == null);
        ObjectNode creation = Json.object()
                .put("action", "create")
                .put("instance_uuid", server.id())
                .put("request_id", "req-" + server.id())
                .put("user_id", server.owner().userId())
                .put("project_id", server.projectId())
                .put("start_time", Timestamps.stored(server.createdAt()))
                .put("message", unscheduled ? "Error" : null);
        return Answer.ok(Json.object("instanceActions", Json.array().add(creation)));
    }

    private Server server(Call call) {
        return cloud.servers().visible(call.caller(), call.path("server"));
    }

    /** The disks Nova tells of: none until the server was scheduled. */
    private static Stream<Disk> known(Server server) {
        return server.state().wasScheduled()
                ? server.state().disks().stream().filter(disk -> disk.volumeId() != null)
                : Stream.empty();
    }

    private ObjectNode view(Call call, Server server, Disk disk) {
        ObjectNode view = Json.object();
        if (!call.version().atLeast(NO_ID_SINCE)) {
            view.put("id", disk.volumeId());
        }
        view.put("volumeId", disk.volumeId()).put("serverId", server.id());
        if (disk.device() != null) {
            view.put("device", disk.device());
        }
        if (call.version().atLeast(TAG_SINCE)) {
            view.put("tag", disk.tag());
        }
        if (call.version().atLeast(TERMINATION_SINCE)) {
            view.put("delete_on_termination", disk.deleteOnTermination());
        }
        if (call.version().atLeast(NO_ID_SINCE)) {
            view.put("attachment_id", attachmentId(server, disk)).put("bdm_uuid", disk.id());
        }
        return view;
    }

    private @Nullable String attachmentId(Server server, Disk disk) {
        List<VolumeAttachment> attachments = cloud.volumes()
                .find(disk.volumeId())
                .map((Volume volume) -> volume.attachmentsTo(server.id()))
                .orElse(List.of());
        return attachments.isEmpty() ? null : attachments.getFirst().id();
    }

    private static ObjectNode view(Port port) {
        ObjectNode view = Json.object()
                .put("net_id", port.networkId())
                .put("port_id", port.id())
                .put("mac_addr", port.macAddress())
                .put("port_state", port.isActive() ? "ACTIVE" : "DOWN");
        view.set(
                "fixed_ips",
                Json.array(port.fixedIps().stream()
                        .map(ip -> Json.object().put("subnet_id", ip.subnetId()).put("ip_address", ip.ipAddress()))
                        .toList()));
        return view;
    }

    private static ObjectNode view(SecurityGroup group) {
        ObjectNode view = Json.object()
                .put("id", group.id())
                .put("description", group.description())
                .put("name", group.name())
                .put("tenant_id", group.projectId());
        view.set(
                "rules",
                Json.array(group.rules().stream()
                        .filter(rule -> rule.direction().equals("ingress"))
                        .map(rule -> view(group, rule))
                        .toList()));
        return view;
    }

    private static ObjectNode view(SecurityGroup group, SecurityGroupRule rule) {
        ObjectNode view = Json.object()
                .put("id", rule.id())
                .put("parent_group_id", group.id())
                .put("ip_protocol", rule.protocol())
                .put("from_port", rule.port())
                .put("to_port", rule.port());
        ObjectNode remote = Json.object();
        ObjectNode range = Json.object();
        if (rule.remoteGroupId() == null) {
            range.put("cidr", "0.0.0.0/0");
        } else {
            remote.put("tenant_id", group.projectId()).put("name", group.name());
        }
        view.set("group", remote);
        view.set("ip_range", range);
        return view;
    }
}
