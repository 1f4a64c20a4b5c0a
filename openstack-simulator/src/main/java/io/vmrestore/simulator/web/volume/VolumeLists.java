package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Paging;
import io.vmrestore.simulator.web.PythonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cinder's lists. A filter it does not know empties the list of an administrator and is ignored for anybody else;
 * neither is an error.
 *
 * @param key of the list, such as {@code volumes}
 * @param fields what can be filtered by; null values match nothing
 * @param metadata what the filter {@code metadata} looks at
 * @param metadataSince the minor version from which that filter works
 */
record VolumeLists<T>(
        String key,
        Map<String, Function<T, @Nullable String>> fields,
        Function<T, Map<String, String>> metadata,
        int metadataSince,
        Function<T, String> id,
        Function<T, String> projectId,
        Function<T, Instant> createdAt,
        Function<String, Refused> unknownMarker) {

    private static final Set<String> CONTROLS = Set.of(
            "limit", "marker", "offset", "sort", "sort_key", "sort_dir", "all_tenants", "with_count", "project_id");
    private static final int SIMILAR_SINCE = 34;
    private static final int COUNT_SINCE = 45;

    /** The list the call asks for, newest first unless it says otherwise. */
    Answer answer(Call call, Stream<T> all, BiFunction<Call, T, ObjectNode> view) {
        boolean everyProject = call.caller().isAdmin() && call.flag("all_tenants");
        @Nullable String project = call.query("project_id");
        Optional<Map<String, String>> entries =
                Optional.ofNullable(call.query("metadata")).flatMap(PythonText::dictionary);
        List<T> matching = new ArrayList<>(all.filter(row -> everyProject
                        || projectId.apply(row).equals(call.caller().projectId()))
                .filter(row -> !call.caller().isAdmin()
                        || project == null
                        || projectId.apply(row).equals(project))
                .filter(row -> matches(call, row, entries))
                .toList());
        matching.sort(order(call));
        Paging.Page<T> page = Paging.page(call, matching, id, unknownMarker);
        ObjectNode body = Json.object(
                key,
                Json.array(
                        page.items().stream().map(row -> view.apply(call, row)).toList()));
        if (page.next() != null) {
            body.set(key + "_links", page.links());
        }
        if (call.version().atLeast(COUNT_SINCE) && call.flag("with_count")) {
            body.put("count", matching.size());
        }
        return Answer.ok(body);
    }

    private boolean matches(Call call, T row, Optional<Map<String, String>> entries) {
        for (Map.Entry<String, List<String>> filter : call.allQueries().entrySet()) {
            String name = filter.getKey();
            String wanted = filter.getValue().isEmpty() || filter.getValue().getFirst() == null
                    ? ""
                    : filter.getValue().getFirst();
            if (CONTROLS.contains(name)) {
                continue;
            }
            if (!(name.equals("metadata") ? hasMetadata(call, row, entries) : matches(call, row, name, wanted))) {
                return false;
            }
        }
        return true;
    }

    /** @param entries that the filter wants; empty if it is malformed */
    private boolean hasMetadata(Call call, T row, Optional<Map<String, String>> entries) {
        return !call.version().atLeast(metadataSince)
                || entries.filter(wanted -> metadata.apply(row).entrySet().containsAll(wanted.entrySet()))
                        .isPresent();
    }

    private boolean matches(Call call, T row, String name, String wanted) {
        boolean similar = name.endsWith("~") && call.version().atLeast(SIMILAR_SINCE);
        Function<T, @Nullable String> field = fields.get(similar ? name.substring(0, name.length() - 1) : name);
        if (field == null) {
            return !call.caller().isAdmin();
        }
        @Nullable String actual = field.apply(row);
        if (actual == null) {
            return false;
        }
        return similar ? actual.contains(wanted) : actual.equalsIgnoreCase(wanted);
    }

    private Comparator<T> order(Call call) {
        @Nullable String sort = call.query("sort");
        if (sort == null && call.query("sort_key") != null) {
            sort = call.query("sort_key") + ":" + (call.query("sort_dir") == null ? "desc" : call.query("sort_dir"));
        }
        Comparator<T> newestFirst =
                Comparator.comparing(createdAt).thenComparing(id).reversed();
        if (sort == null) {
            return newestFirst;
        }
        Map<String, Function<T, @Nullable String>> sortable = new HashMap<>(fields);
        sortable.put("created_at", row -> createdAt.apply(row).toString());
        @Nullable Comparator<T> order = null;
        for (String part : sort.split(",", -1)) {
            String[] words = part.split(":", 2);
            Function<T, @Nullable String> field = sortable.get(words[0]);
            if (field == null) {
                throw Refused.badRequest("Invalid input received: Invalid sort key");
            }
            Comparator<T> one = Comparator.comparing(row -> {
                @Nullable String value = field.apply(row);
                return value == null ? "" : value;
            });
            Comparator<T> directed = words.length > 1 && words[1].equals("asc") ? one : one.reversed();
            order = order == null ? directed : order.thenComparing(directed);
        }
        return order == null ? newestFirst : order;
    }
}
