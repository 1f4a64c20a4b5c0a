package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** What Nova checks of a query: sort keys always, unknown parameters from 2.75. */
final class ComputeQueries {
    private static final int STRICT_SINCE = 75;
    private static final int LOCKED_SINCE = 73;
    private static final int TAGS_SINCE = 26;
    private static final int CHANGES_BEFORE_SINCE = 66;
    private static final String ROOT = "/compute/v2.1";

    private static final List<String> SORT_KEYS = List.of(
            "access_ip_v4",
            "access_ip_v6",
            "auto_disk_config",
            "availability_zone",
            "config_drive",
            "created_at",
            "display_description",
            "display_name",
            "host",
            "hostname",
            "image_ref",
            "instance_type_id",
            "kernel_id",
            "key_name",
            "launch_index",
            "launched_at",
            "locked_by",
            "node",
            "power_state",
            "progress",
            "project_id",
            "ramdisk_id",
            "root_device_name",
            "task_state",
            "terminated_at",
            "updated_at",
            "user_id",
            "uuid",
            "vm_state");

    /** Keys of earlier times, which are taken and ignored before 2.75. */
    private static final List<String> IGNORED_SORT_KEYS = List.of(
            "architecture",
            "cell_name",
            "cleaned",
            "default_ephemeral_device",
            "default_swap_device",
            "deleted",
            "deleted_at",
            "disable_terminate",
            "ephemeral_gb",
            "ephemeral_key_uuid",
            "id",
            "key_data",
            "launched_on",
            "locked",
            "memory_mb",
            "os_type",
            "reservation_id",
            "root_gb",
            "shutdown_terminate",
            "user_data",
            "vcpus",
            "vm_mode");

    private static final Set<String> OF_SERVERS = Set.of(
            "user_id",
            "project_id",
            "tenant_id",
            "launch_index",
            "image_ref",
            "image",
            "kernel_id",
            "ramdisk_id",
            "hostname",
            "key_name",
            "power_state",
            "vm_state",
            "task_state",
            "host",
            "node",
            "flavor",
            "reservation_id",
            "launched_at",
            "terminated_at",
            "availability_zone",
            "name",
            "display_name",
            "description",
            "display_description",
            "locked_by",
            "uuid",
            "root_device_name",
            "config_drive",
            "access_ip_v4",
            "access_ip_v6",
            "auto_disk_config",
            "progress",
            "sort_key",
            "sort_dir",
            "all_tenants",
            "soft_deleted",
            "deleted",
            "status",
            "changes-since",
            "ip",
            "ip6",
            "created_at",
            "limit",
            "marker",
            "block_device_mapping",
            "services",
            "metadata",
            "system_metadata",
            "info_cache",
            "security_groups",
            "pci_devices");

    private static final Map<String, Set<String>> OF_OTHERS = Map.of(
            "/flavors", Set.of("limit", "marker", "is_public", "minRam", "minDisk", "sort_key", "sort_dir"),
            "/flavors/detail", Set.of("limit", "marker", "is_public", "minRam", "minDisk", "sort_key", "sort_dir"),
            "/os-keypairs", Set.of("user_id", "limit", "marker"),
            "/limits", Set.of("reserved", "tenant_id"),
            "/os-server-groups", Set.of("all_projects", "limit", "offset"),
            "/os-services", Set.of("host", "binary"),
            "/os-simple-tenant-usage", Set.of("start", "end", "detailed", "limit", "marker"),
            "/os-hypervisors", Set.of("limit", "marker", "hypervisor_hostname_pattern", "with_servers"),
            "/os-hypervisors/detail", Set.of("limit", "marker", "hypervisor_hostname_pattern", "with_servers"));

    private ComputeQueries() {}

    /** The endpoint behind these checks. */
    static Endpoint checked(Endpoint endpoint) {
        return call -> {
            if (HttpMethod.GET.equals(call.method()) && call.rawQuery() != null) {
                check(call, call.rawPath().substring(ROOT.length()));
            }
            return endpoint.handle(call);
        };
    }

    private static void check(Call call, String path) {
        @Nullable String limit = call.query("limit");
        if (limit != null && !limit.matches("[0-9]+")) {
            throw Refused.badRequest("Invalid input for query parameters limit. Value: " + limit + ". '" + limit
                    + "' does not match '^[0-9]*$'");
        }
        boolean servers = path.equals("/servers") || path.equals("/servers/detail");
        if (servers) {
            checkSortKeys(call);
        }
        if (!call.version().atLeast(STRICT_SINCE)) {
            return;
        }
        if (servers) {
            unknown(call, OF_SERVERS).findFirst().ifPresent(name -> {
                throw Refused.badRequest("'" + name + "' does not match any of the regexes: '^_'");
            });
        } else if (OF_OTHERS.containsKey(path)) {
            unknown(call, OF_OTHERS.getOrDefault(path, Set.of())).findFirst().ifPresent(name -> {
                throw Refused.badRequest("Additional properties are not allowed ('" + name + "' was unexpected)");
            });
        }
    }

    private static Stream<String> unknown(Call call, Set<String> known) {
        return call.allQueries().keySet().stream().filter(name -> !known.contains(name) && !laterThan(call, name));
    }

    /** Whether the parameter came with a version that the call has. */
    private static boolean laterThan(Call call, String name) {
        return switch (name) {
            case "tags", "tags-any", "not-tags", "not-tags-any" ->
                call.version().atLeast(TAGS_SINCE);
            case "changes-before" -> call.version().atLeast(CHANGES_BEFORE_SINCE);
            case "locked" -> call.version().atLeast(LOCKED_SINCE);
            default -> false;
        };
    }

    private static void checkSortKeys(Call call) {
        List<String> allowed = Stream.concat(SORT_KEYS.stream(), earlier(call)).toList();
        for (String key : call.queries("sort_key")) {
            if (!allowed.contains(key)) {
                throw Refused.badRequest("Invalid input for query parameters sort_key. Value: " + key + ". '" + key
                        + "' is not one of "
                        + allowed.stream().map(one -> "'" + one + "'").collect(Collectors.joining(", ", "[", "]")));
            }
        }
    }

    private static Stream<String> earlier(Call call) {
        if (call.version().atLeast(STRICT_SINCE)) {
            return Stream.of("locked");
        }
        return IGNORED_SORT_KEYS.stream();
    }
}
