package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Paging;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Neutron's lists: filters by any attribute (an unknown one is refused), chosen fields, sorting and pages. */
final class NetworkLists {
    private static final Set<String> CONTROLS =
            Set.of("fields", "limit", "marker", "sort_key", "sort_dir", "page_reverse", "any");
    private static final Set<String> TAG_FILTERS = Set.of("tags", "tags-any", "not-tags", "not-tags-any");
    private static final Set<String> NOT_SORTABLE = Set.of(
            "fixed_ips",
            "security_groups",
            "tags",
            "binding:host_id",
            "port_security_enabled",
            "router:external",
            "dns_name",
            "qos_policy_id");

    private NetworkLists() {}

    /**
     * Answers with the resources that match every filter of the call.
     *
     * @param attributes names that may be filtered by, even when no resource is there
     * @param notFound the refusal of an unknown marker
     */
    static Answer answer(
            Call call, String key, Stream<ObjectNode> all, Set<String> attributes, Function<String, Refused> notFound) {
        requireKnownFilters(call, attributes);
        requireSortable(call, attributes);
        requireLimit(call);
        List<ObjectNode> matching =
                new ArrayList<>(all.filter(resource -> matches(call, resource)).toList());
        sort(call, matching);
        Page page = page(call, matching, notFound);
        List<String> fields = call.queries("fields");
        ObjectNode body = Json.object(
                key,
                Json.array(page.items().stream().map(item -> only(item, fields)).toList()));
        if (page.links() != null) {
            body.set(key + "_links", page.links());
        }
        return Answer.ok(body);
    }

    private record Page(List<ObjectNode> items, @Nullable ArrayNode links) {}

    private static void requireKnownFilters(Call call, Set<String> attributes) {
        List<String> unknown = call.allQueries().keySet().stream()
                .filter(name -> !CONTROLS.contains(name) && !TAG_FILTERS.contains(name) && !attributes.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw unknownFilters(unknown);
        }
    }

    static Refused unknownFilters(List<String> names) {
        return Refused.badRequest("['" + String.join("', '", names) + "'] is invalid attribute for filtering");
    }

    private static void requireSortable(Call call, Set<String> attributes) {
        List<String> keys = call.queries("sort_key");
        List<String> unknown = keys.stream()
                .filter(key -> !attributes.contains(key) || NOT_SORTABLE.contains(key))
                .toList();
        if (!unknown.isEmpty()) {
            throw Refused.badRequest("['" + String.join("', '", unknown) + "'] is invalid attribute for sort_keys");
        }
        List<String> directions = call.queries("sort_dir");
        if (keys.size() != directions.size()) {
            throw Refused.badRequest("The number of sort_keys and sort_dirs must be same");
        }
        if (directions.stream().anyMatch(direction -> !direction.equals("asc") && !direction.equals("desc"))) {
            throw Refused.badRequest("asc and desc are the only valid values for sort_dirs");
        }
    }

    private static void requireLimit(Call call) {
        String limit = call.query("limit");
        if (limit != null && !limit.isEmpty() && !limit.matches("\\d{1,9}")) {
            throw Refused.badRequest("BadRequest", "Limit must be an integer 0 or greater and not '" + limit + "'");
        }
    }

    private static boolean matches(Call call, ObjectNode resource) {
        for (Map.Entry<String, List<String>> filter : call.allQueries().entrySet()) {
            String name = filter.getKey();
            if (!CONTROLS.contains(name)
                    && filter.getValue().stream().noneMatch(value -> matches(resource, name, value))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(ObjectNode resource, String name, String wanted) {
        JsonNode actual = resource.path(name);
        if (name.equals("fixed_ips")) {
            return wanted.lines()
                    .flatMap(line -> Stream.of(line.split(",")))
                    .allMatch(part -> hasAddress(actual, part));
        }
        if (TAG_FILTERS.contains(name)) {
            JsonNode tags = resource.path("tags");
            Stream<String> named = Stream.of(wanted.split(","));
            return switch (name) {
                case "tags" -> named.allMatch(tag -> contains(tags, tag));
                case "tags-any" -> named.anyMatch(tag -> contains(tags, tag));
                case "not-tags" -> !named.allMatch(tag -> contains(tags, tag));
                default -> named.noneMatch(tag -> contains(tags, tag));
            };
        }
        if (actual.isArray()) {
            return contains(actual, wanted);
        }
        if (actual.isBoolean()) {
            return actual.booleanValue() == (wanted.equalsIgnoreCase("true") || wanted.equals("1"));
        }
        return actual.asString("").equals(wanted);
    }

    private static boolean hasAddress(JsonNode fixedIps, String condition) {
        String[] pair = condition.split("=", 2);
        for (JsonNode ip : fixedIps) {
            boolean equal = pair.length == 2 && ip.path(pair[0]).asString("").equals(pair[1]);
            boolean part = pair.length == 2
                    && pair[0].equals("ip_address_substr")
                    && ip.path("ip_address").asString("").contains(pair[1]);
            if (equal || part) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(JsonNode array, String text) {
        for (JsonNode item : array) {
            if (item.asString("").equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static void sort(Call call, List<ObjectNode> items) {
        List<String> keys = call.queries("sort_key");
        List<String> directions = call.queries("sort_dir");
        for (int i = keys.size() - 1; i >= 0; i--) { // Sorting is stable, so the first key goes last.
            String key = keys.get(i);
            Comparator<ObjectNode> order =
                    Comparator.comparing(item -> item.path(key).asString(""));
            items.sort(directions.get(i).equals("desc") ? order.reversed() : order);
        }
    }

    private static Page page(Call call, List<ObjectNode> all, Function<String, Refused> notFound) {
        String marker = call.query("marker");
        int start = 0;
        if (marker != null) {
            while (start < all.size() && !id(all.get(start)).equals(marker)) {
                start++;
            }
            if (start == all.size()) {
                throw notFound.apply(marker);
            }
            start++;
        }
        String limit = call.query("limit");
        boolean unlimited = limit == null || !limit.matches("\\d{1,9}") || Integer.parseInt(limit) == 0;
        int size = unlimited ? call.maxPage() : Math.min(call.maxPage(), Integer.parseInt(limit));
        if (unlimited && all.size() - start < size) {
            return new Page(all.subList(start, all.size()), null);
        }
        List<ObjectNode> items = all.subList(start, Math.min(all.size(), start + size));
        ArrayNode links = Json.array();
        if (items.size() == size) {
            links.add(Json.link("next", Paging.link(call, List.of("marker=" + id(items.getLast())))));
        }
        if (!items.isEmpty()) {
            List<String> back = List.of("marker=" + id(items.getFirst()), "page_reverse=True");
            links.add(Json.link("previous", Paging.link(call, back)));
        }
        return new Page(items, links);
    }

    /** The resource with the named fields alone; no names: all. */
    static ObjectNode only(ObjectNode item, List<String> fields) {
        if (fields.isEmpty()) {
            return item;
        }
        ObjectNode chosen = Json.object();
        item.properties().stream()
                .filter(field -> fields.contains(field.getKey()))
                .forEach(field -> chosen.set(field.getKey(), field.getValue()));
        return chosen;
    }

    private static String id(ObjectNode item) {
        return item.path("id").asString("");
    }
}
