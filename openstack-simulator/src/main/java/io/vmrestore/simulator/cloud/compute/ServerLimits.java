package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Quotas;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nova's quotas and what is used of them. */
public final class ServerLimits {
    private final Quotas quotas;
    private final Table<Server> servers;

    ServerLimits(Engine engine, Table<Server> servers) {
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("cores", 200);
        defaults.put("fixed_ips", Quotas.UNLIMITED);
        defaults.put("floating_ips", Quotas.UNLIMITED);
        defaults.put("injected_file_content_bytes", 10240);
        defaults.put("injected_file_path_bytes", 255);
        defaults.put("injected_files", 5);
        defaults.put("instances", 100);
        defaults.put("key_pairs", 100);
        defaults.put("metadata_items", 128);
        defaults.put("ram", 409600);
        defaults.put("security_group_rules", Quotas.UNLIMITED);
        defaults.put("security_groups", Quotas.UNLIMITED);
        defaults.put("server_group_members", 10);
        defaults.put("server_groups", 10);
        this.quotas = new Quotas(engine, "compute-quotas", defaults);
        this.servers = servers;
    }

    public Quotas quotas() {
        return quotas;
    }

    /** Instances, cores and MiB of memory in use by the project; a soft deleted server does not count. */
    public Map<String, Integer> usage(String projectId) {
        Map<String, Integer> used = new LinkedHashMap<>(Map.of("instances", 0, "cores", 0, "ram", 0));
        servers.stream()
                .filter(server -> server.exists() && server.state().vmState() != VmState.SOFT_DELETED)
                .filter(server -> server.projectId().equals(projectId))
                .forEach(server -> {
                    used.merge("instances", 1, Integer::sum);
                    used.merge("cores", server.spec().flavor().vcpus(), Integer::sum);
                    used.merge("ram", server.spec().flavor().ram(), Integer::sum);
                });
        return used;
    }

    void check(String projectId, Flavor flavor, int metadataItems) {
        int allowedItems = quotas.limit(projectId, "metadata_items");
        if (allowedItems != Quotas.UNLIMITED && metadataItems > allowedItems) {
            throw Refused.forbidden("Maximum number of metadata items exceeds " + allowedItems);
        }
        Map<String, Integer> wanted = new LinkedHashMap<>();
        wanted.put("cores", flavor.vcpus());
        wanted.put("instances", 1);
        wanted.put("ram", flavor.ram());
        Map<String, Integer> used = usage(projectId);
        List<String> over = new ArrayList<>();
        wanted.forEach((name, amount) -> {
            if (!quotas.allows(projectId, name, used.getOrDefault(name, 0), amount)) {
                over.add(name);
            }
        });
        if (!over.isEmpty()) {
            throw Refused.forbidden("Quota exceeded for " + String.join(", ", over) + ": Requested "
                    + joined(over, wanted) + ", but already used " + joined(over, used) + " of "
                    + joined(over, quotas.limits(projectId)) + " " + String.join(", ", over));
        }
    }

    private static String joined(List<String> names, Map<String, Integer> values) {
        return String.join(
                ", ",
                names.stream()
                        .map(name -> String.valueOf(values.getOrDefault(name, 0)))
                        .toList());
    }
}
