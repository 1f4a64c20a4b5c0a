package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Hosts;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import io.vmrestore.simulator.web.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Nova's zones and services, and the switch that keeps new servers from a host. */
final class ComputeServicesApi {
    private static final int UUID_SINCE = 53;
    private static final int FORCED_DOWN_SINCE = 11;
    private static final String COMPUTE = "nova-compute";
    private static final String DISABLED = "disabled";
    private static final String REASON = "disabled_reason";
    private static final List<String> BINARIES = List.of("nova-scheduler", "nova-conductor", COMPUTE);

    private final Cloud cloud;
    private final Hosts hosts;

    ComputeServicesApi(Cloud cloud) {
        this.cloud = cloud;
        this.hosts = cloud.servers().hosts();
    }

    void register(Routes routes) {
        routes.get("/os-availability-zone", call -> zones(false))
                .get("/os-availability-zone/detail", this::detailedZones)
                .get("/os-services", this::services)
                .put("/os-services/{service}", this::change)
                .delete("/os-services/{service}", this::delete);
    }

    private Answer detailedZones(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-availability-zone:detail");
        return zones(true);
    }

    private Answer zones(boolean detailed) {
        ObjectNode zone = Json.object().put("zoneName", Volumes.ZONE);
        zone.set("zoneState", Json.object().put("available", true));
        if (detailed) {
            ObjectNode service = Json.object()
                    .put("available", hosts.isUp(Servers.HOST))
                    .put("active", hosts.isEnabled(Servers.HOST))
                    .put("updated_at", Timestamps.stored(cloud.engine().now()));
            zone.set("hosts", Json.object(Servers.HOST, Json.object(COMPUTE, service)));
        } else {
            zone.putNull("hosts");
        }
        return Answer.ok(Json.object("availabilityZoneInfo", Json.array().add(zone)));
    }

    private Answer services(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-services:list");
        @Nullable String host = call.query("host");
        @Nullable String binary = call.query("binary");
        List<ObjectNode> views = BINARIES.stream()
                .filter(known -> binary == null || binary.equals(known))
                .filter(known -> host == null || host.equals(Servers.HOST))
                .map(known -> view(call, known))
                .toList();
        return Answer.ok(Json.object("services", Json.array(views)));
    }

    /** From 2.53 by the service's id; before by an action, such as {@code disable}, and the host in the body. */
    private Answer change(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-services:update");
        ObjectNode wanted = call.json();
        if (!call.version().atLeast(UUID_SINCE)) {
            return actOn(call, wanted);
        }
        String id = call.path("service");
        String binary = BINARIES.stream()
                .filter(known -> id(known).equals(id))
                .findFirst()
                .orElseThrow(() -> Refused.notFound("Service " + id + " could not be found."));
        Schema.object("", wanted, Set.of("status", REASON, "forced_down"), List.of());
        if (!binary.equals(COMPUTE)) {
            throw Refused.badRequest("Updating a " + binary + " service is not supported. Only nova-compute services"
                    + " can be updated.");
        }
        @Nullable String status = Json.text(wanted, "status");
        @Nullable String reason = Json.text(wanted, REASON);
        if (status != null && !status.equals("enabled") && !status.equals(DISABLED)) {
            throw Schema.invalid("status", status, "'" + status + "' is not one of ['enabled', 'disabled']");
        }
        if (reason != null && !DISABLED.equals(status)) {
            throw Refused.badRequest("Specifying disabled_reason requires that status is disabled.");
        }
        if (status == null && !wanted.has("forced_down")) {
            throw Refused.badRequest(
                    "No updates were requested. Fields 'status' or 'forced_down' should be specified.");
        }
        if (status != null) {
            hosts.enable(Servers.HOST, status.equals("enabled"), reason);
        }
        return Answer.ok(Json.object("service", view(call, binary)));
    }

    private Answer actOn(Call call, ObjectNode wanted) {
        @Nullable String host = Json.text(wanted, "host");
        @Nullable String binary = Json.text(wanted, "binary");
        if (!Servers.HOST.equals(host) || binary == null || !BINARIES.contains(binary)) {
            throw Refused.notFound("Could not find binary " + binary + " on host " + host + ".");
        }
        @Nullable String reason = Json.text(wanted, REASON);
        switch (call.path("service")) {
            case "enable" -> hosts.enable(Servers.HOST, true, null);
            case "disable" -> hosts.enable(Servers.HOST, false, null);
            case "disable-log-reason" -> hosts.enable(Servers.HOST, false, reason);
            default -> throw Refused.notFound("Unknown action");
        }
        ObjectNode view = Json.object()
                .put("host", host)
                .put("binary", binary)
                .put("status", hosts.isEnabled(Servers.HOST) ? "enabled" : DISABLED);
        return Answer.ok(Json.object("service", reason == null ? view : view.put(REASON, reason)));
    }

    private Answer delete(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-services:delete");
        String id = call.path("service");
        if (BINARIES.stream().noneMatch(known -> id(known).equals(id))) {
            throw Refused.notFound("Service " + id + " could not be found.");
        }
        throw Refused.conflict("Unable to delete compute service that is hosting instances. Migrate or delete the"
                + " instances first.");
    }

    private ObjectNode view(Call call, String binary) {
        boolean compute = binary.equals(COMPUTE);
        boolean enabled = !compute || hosts.isEnabled(Servers.HOST);
        ObjectNode service = Json.object().put("binary", binary).put("host", Servers.HOST);
        if (call.version().atLeast(UUID_SINCE)) {
            service.put("id", id(binary));
        } else {
            service.put("id", Math.abs(binary.hashCode() % 100));
        }
        service.put("zone", compute ? Volumes.ZONE : "internal")
                .put("status", enabled ? "enabled" : DISABLED)
                .put("state", hosts.isUp(Servers.HOST) || !compute ? "up" : "down")
                .put("updated_at", Timestamps.stored(cloud.engine().now()))
                .put(REASON, compute ? hosts.disabledReason(Servers.HOST) : null);
        return call.version().atLeast(FORCED_DOWN_SINCE) ? service.put("forced_down", false) : service;
    }

    static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
