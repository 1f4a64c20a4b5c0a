package io.vmrestore.simulator.web;

import io.vmrestore.simulator.engine.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** One page of a list by {@code limit} and {@code marker}: a full page always has a next link. */
public final class Paging {
    private Paging() {}

    /** The items of the page and, if it is full, the link to the next one. */
    public record Page<T>(List<T> items, @Nullable String next) {
        /** The links for {@code <name>_links}; empty: no such key. */
        public ArrayNode links() {
            ArrayNode links = Json.array();
            if (next != null) {
                links.add(Json.link("next", next));
            }
            return links;
        }
    }

    /**
     * Cuts the page that the call asks for out of the whole list.
     *
     * @param unknownMarker the refusal of a marker that is not in the list
     */
    public static <T> Page<T> page(
            Call call, List<T> all, Function<T, String> id, Function<String, Refused> unknownMarker) {
        @Nullable Integer limit = limit(call, () -> Refused.badRequest("limit param must be positive"));
        List<T> rest = after(call.query("marker"), all, id, unknownMarker);
        int offset = Math.min(rest.size(), number(call.query("offset")));
        rest = rest.subList(offset, rest.size());
        int size = limit == null ? call.maxPage() : Math.min(limit, call.maxPage());
        if (rest.size() < size || size == 0) {
            return new Page<>(size == 0 ? List.of() : rest, null);
        }
        List<T> items = rest.subList(0, size);
        return new Page<>(items, next(call, id.apply(items.get(size - 1))));
    }

    private static @Nullable Integer limit(Call call, Supplier<Refused> negative) {
        String text = call.query("limit");
        if (text == null) {
            return null;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit < 0) {
                throw negative.get();
            }
            return limit;
        } catch (NumberFormatException notANumber) {
            throw Refused.badRequest("limit param must be an integer");
        }
    }

    private static int number(@Nullable String text) {
        return text == null || !text.matches("\\d{1,9}") ? 0 : Integer.parseInt(text);
    }

    private static <T> List<T> after(
            @Nullable String marker, List<T> all, Function<T, String> id, Function<String, Refused> unknownMarker) {
        if (marker == null) {
            return all;
        }
        for (int i = 0; i < all.size(); i++) {
            if (id.apply(all.get(i)).equals(marker)) {
                return all.subList(i + 1, all.size());
            }
        }
        throw unknownMarker.apply(marker);
    }

    private static String next(Call call, String marker) {
        return link(call, List.of("marker=" + marker));
    }

    /** The call's own address with these parameters, each in the place of one of its name. */
    public static String link(Call call, List<String> changed) {
        List<String> names = changed.stream()
                .map(parameter -> parameter.substring(0, parameter.indexOf('=') + 1))
                .toList();
        List<String> parameters = new ArrayList<>();
        String query = call.rawQuery();
        for (String parameter : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            if (names.stream().noneMatch(parameter::startsWith)) {
                parameters.add(parameter);
            }
        }
        parameters.addAll(changed);
        return call.base() + call.rawPath() + "?" + String.join("&", parameters);
    }
}
