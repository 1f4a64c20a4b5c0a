package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Paging;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The servers that a list call asks for, newest first. {@code name} is a regular expression. */
final class ServerLists {
    private static final int TAGS_SINCE = 26;
    private static final Comparator<Server> NEWEST_FIRST = Comparator.comparing(Server::createdAt)
            .thenComparing(server -> server.spec().number())
            .reversed();

    private final Servers servers;

    ServerLists(Servers servers) {
        this.servers = servers;
    }

    Paging.Page<Server> page(Call call) {
        boolean everyProject = call.flag("all_tenants");
        if (everyProject && !call.caller().isAdmin()) {
            throw Refused.forbidden(
                    "Policy doesn't allow os_compute_api:servers:index:get_all_tenants to be performed.");
        }
        @Nullable Instant since = since(call);
        List<Server> found = servers.all()
                .filter(server ->
                        everyProject || server.projectId().equals(call.caller().projectId()))
                .filter(server -> since == null
                        ? isListed(call, server)
                        : !server.updatedAt().isBefore(since))
                .filter(server -> matches(call, server))
                .sorted(ServerOrder.of(call, NEWEST_FIRST))
                .toList();
        return Paging.page(call, found, Server::id, marker -> Refused.badRequest("marker [" + marker + "] not found"));
    }

    /** A soft deleted server is in no list that does not ask for it. */
    private static boolean isListed(Call call, Server server) {
        boolean soft = server.state().vmState() == VmState.SOFT_DELETED;
        return server.exists() && (!soft || VmState.SOFT_DELETED.status().equalsIgnoreCase(call.query("status")));
    }

    private static boolean matches(Call call, Server server) {
        return matchesName(call.query("name"), server.name())
                && equal(call.query("uuid"), server.id())
                && equal(call.query("status"), server.state().vmState().status())
                && equal(project(call), server.projectId())
                && equal(call.query("user_id"), server.owner().userId())
                && equal(call.query("flavor"), server.spec().flavor().id())
                && equal(call.query("host"), server.state().host())
                && equal(call.query("image"), server.spec().imageId())
                && equal(call.query("key_name"), server.spec().keyName())
                && matchesTags(call, server);
    }

    private static @Nullable String project(Call call) {
        return call.query("project_id") == null ? call.query("tenant_id") : call.query("project_id");
    }

    private static boolean equal(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equalsIgnoreCase(actual);
    }

    private static boolean matchesName(@Nullable String wanted, String name) {
        if (wanted == null) {
            return true;
        }
        try {
            return Pattern.compile(wanted).matcher(name).find();
        } catch (PatternSyntaxException e) {
            throw Refused.badRequest("Invalid input for query parameters name. Value: " + wanted + ". '" + wanted
                    + "' is not a 'regex'");
        }
    }

    private static boolean matchesTags(Call call, Server server) {
        if (!call.version().atLeast(TAGS_SINCE)) {
            return true;
        }
        Set<String> own = new HashSet<>(server.spec().tags());
        return own.containsAll(split(call.query("tags")))
                && (call.query("tags-any") == null
                        || split(call.query("tags-any")).stream().anyMatch(own::contains))
                && (call.query("not-tags") == null || !own.containsAll(split(call.query("not-tags"))))
                && (call.query("not-tags-any") == null
                        || split(call.query("not-tags-any")).stream().noneMatch(own::contains));
    }

    private static List<String> split(@Nullable String tags) {
        return tags == null || tags.isEmpty() ? List.of() : Arrays.asList(tags.split(","));
    }

    private static @Nullable Instant since(Call call) {
        @Nullable String text = call.query("changes-since");
        if (text == null) {
            return null;
        }
        try {
            String zoned = text.matches(".*([zZ]|[+-]\\d\\d:?\\d\\d)$") ? text : text + "Z";
            return OffsetDateTime.parse(zoned.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            throw Refused.badRequest("Invalid input for query parameters changes-since. Value: " + text + ". '" + text
                    + "' is not a 'date-time'");
        }
    }
}
