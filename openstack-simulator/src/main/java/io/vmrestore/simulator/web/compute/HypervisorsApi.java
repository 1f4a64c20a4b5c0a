package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Flavor;
import io.vmrestore.simulator.cloud.compute.Hosts;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The one hypervisor and its host, for administrators; sizes in MiB and GiB. */
final class HypervisorsApi {
    private static final int UUID_SINCE = 53;
    private static final int USE_UNTIL = 87;
    private static final int HOSTS_UNTIL = 42;
    private static final int VCPUS = 4096;
    private static final int MEMORY = 16 << 20;
    private static final int DISK = 1 << 20;

    private final Servers servers;
    private final Hosts hosts;

    HypervisorsApi(Cloud cloud) {
        this.servers = cloud.servers();
        this.hosts = cloud.servers().hosts();
    }

    void register(Routes routes) {
        routes.get("/os-hypervisors", call -> list(call, false))
                .get("/os-hypervisors/detail", call -> list(call, true))
                .get("/os-hypervisors/statistics", this::statistics)
                .get("/os-hypervisors/{hypervisor}", this::show)
                .get("/os-hypervisors/{hypervisor}/uptime", this::show)
                .get("/os-hosts", this::hosts)
                .get("/os-hosts/{host}", this::host);
    }

    private Answer list(Call call, boolean detailed) {
        Policies.requireAdmin(call, "os_compute_api:os-hypervisors:list" + (detailed ? "-detail" : ""));
        @Nullable String pattern = call.query("hypervisor_hostname_pattern");
        boolean wanted = pattern == null || Servers.HOST.contains(pattern);
        if (!wanted) {
            throw Refused.notFound("No hypervisor matching '" + pattern + "' could be found.");
        }
        return Answer.ok(Json.object("hypervisors", Json.array().add(view(call, detailed))));
    }

    private Answer show(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-hypervisors:show");
        String id = call.path("hypervisor");
        if (!id.equals(id(call).asString(""))) {
            throw Refused.notFound("Hypervisor with ID '" + id + "' could not be found.");
        }
        return Answer.ok(Json.object("hypervisor", view(call, true)));
    }

    private Answer statistics(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-hypervisors:statistics");
        if (call.version().atLeast(USE_UNTIL + 1)) {
            return new ComputeDialect().notRouted();
        }
        return Answer.ok(Json.object("hypervisor_statistics", use().put("count", 1)));
    }

    private Answer hosts(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-hosts:list");
        if (call.version().atLeast(HOSTS_UNTIL + 1)) {
            return new ComputeDialect().notRouted();
        }
        return Answer.ok(Json.object(
                "hosts",
                Json.array()
                        .add(host("scheduler", "internal"))
                        .add(host("conductor", "internal"))
                        .add(host("compute", Volumes.ZONE))));
    }

    private static ObjectNode host(String service, String zone) {
        return Json.object()
                .put("host_name", Servers.HOST)
                .put("service", service)
                .put("zone", zone);
    }

    private Answer host(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-hosts:show");
        if (call.version().atLeast(HOSTS_UNTIL + 1)) {
            return new ComputeDialect().notRouted();
        }
        if (!call.path("host").equals(Servers.HOST)) {
            throw Refused.notFound("Compute host " + call.path("host") + " could not be found.");
        }
        List<ObjectNode> rows = List.of(
                resource("(total)", VCPUS, MEMORY, DISK),
                resource("(used_now)", used(Flavor::vcpus), used(Flavor::ram), used(Flavor::disk)));
        return Answer.ok(Json.object("host", Json.array(rows)));
    }

    private static ObjectNode resource(String project, int cpu, int memory, int disk) {
        return Json.object(
                "resource",
                Json.object()
                        .put("host", Servers.HOST)
                        .put("project", project)
                        .put("cpu", cpu)
                        .put("memory_mb", memory)
                        .put("disk_gb", disk));
    }

    private ObjectNode view(Call call, boolean detailed) {
        ObjectNode view = Json.object();
        view.set("id", id(call));
        view.put("hypervisor_hostname", Servers.HOST)
                .put("state", hosts.isUp(Servers.HOST) ? "up" : "down")
                .put("status", hosts.isEnabled(Servers.HOST) ? "enabled" : "disabled");
        if (!detailed) {
            return view;
        }
        view.put("hypervisor_type", "simulator").put("hypervisor_version", 1000).put("host_ip", "127.0.0.1");
        ObjectNode service = Json.object().put("host", Servers.HOST);
        if (call.version().atLeast(UUID_SINCE)) {
            service.put("id", ComputeServicesApi.id("nova-compute"));
        } else {
            service.put("id", 1);
        }
        view.set("service", service.put("disabled_reason", hosts.disabledReason(Servers.HOST)));
        if (call.version().atLeast(USE_UNTIL + 1)) {
            return view.putNull("uptime");
        }
        view.setAll(use());
        return view.put("cpu_info", "{}");
    }

    private ObjectNode use() {
        int vcpus = used(Flavor::vcpus);
        int memory = used(Flavor::ram);
        int disk = used(Flavor::disk);
        return Json.object()
                .put("vcpus", VCPUS)
                .put("vcpus_used", vcpus)
                .put("memory_mb", MEMORY)
                .put("memory_mb_used", memory)
                .put("free_ram_mb", MEMORY - memory)
                .put("local_gb", DISK)
                .put("local_gb_used", disk)
                .put("free_disk_gb", DISK - disk)
                .put("disk_available_least", DISK - disk)
                .put("current_workload", 0)
                .put("running_vms", Math.toIntExact(running()));
    }

    private long running() {
        return servers.all().filter(HypervisorsApi::isHere).count();
    }

    private int used(ToIntFunction<Flavor> part) {
        return servers.all()
                .filter(HypervisorsApi::isHere)
                .mapToInt(server -> part.applyAsInt(server.spec().flavor()))
                .sum();
    }

    private static boolean isHere(Server server) {
        return server.exists() && Servers.HOST.equals(server.state().host());
    }

    private static JsonNode id(Call call) {
        return call.version().atLeast(UUID_SINCE)
                ? StringNode.valueOf(ComputeServicesApi.id(Servers.HOST))
                : IntNode.valueOf(1);
    }
}
