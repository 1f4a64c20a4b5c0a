package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.web.Call;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The order that a list of servers is asked for in; a key that differs between no servers orders nothing. */
final class ServerOrder {
    private static final Map<String, Function<Server, @Nullable String>> KEYS = Map.of(
            "created_at", server -> sortable(server.createdAt()),
            "updated_at", server -> sortable(server.updatedAt()),
            "launched_at", server -> sortable(server.state().launchedAt()),
            "display_name", Server::name,
            "uuid", Server::id,
            "project_id", Server::projectId,
            "user_id", server -> server.owner().userId(),
            "vm_state", server -> server.state().vmState().text(),
            "task_state", server -> server.state().taskState(),
            "key_name", server -> server.spec().keyName());

    private ServerOrder() {}

    static Comparator<Server> of(Call call, Comparator<Server> usual) {
        List<String> keys = call.queries("sort_key");
        List<String> directions = call.queries("sort_dir");
        @Nullable Comparator<Server> order = null;
        for (int i = 0; i < keys.size(); i++) {
            @Nullable Function<Server, @Nullable String> key = KEYS.get(keys.get(i));
            if (key == null) {
                continue;
            }
            Comparator<Server> one = Comparator.comparing(server -> {
                @Nullable String value = key.apply(server);
                return value == null ? "" : value;
            });
            Comparator<Server> directed =
                    i < directions.size() && directions.get(i).equals("asc") ? one : one.reversed();
            order = order == null ? directed : order.thenComparing(directed);
        }
        return order == null ? usual : order.thenComparing(usual);
    }

    private static String sortable(@Nullable Instant time) {
        return time == null ? "" : String.format("%020d", time.toEpochMilli());
    }
}
