package io.vmrestore.common.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a step's detail to what a person may want to read: long texts and lists, what is nested deeply, and where that
 * is not enough, the largest values. Whatever is cut says so.
 */
final class DetailBounds {
    /** Of the detail of one event, in bytes of JSON. A restore's state holds one for each step. */
    static final int MOST_BYTES = 64 * 1024;

    private static final int LONGEST_TEXT = 4 * 1024;
    private static final int LONGEST_KEY = 256;
    private static final int MOST_ELEMENTS = 200;
    private static final int DEEPEST = 16;
    private static final String CUT = "…";

    /** What is cut stays within its bound, so that it is not cut again when it is told again. */
    private static final int ROOM_FOR_COUNT = 40;

    private DetailBounds() {}

    static Map<String, Object> of(Map<String, Object> detail) {
        Map<String, Object> bounded = map(detail, 1);
        if (bytes(bounded) <= MOST_BYTES) {
            return bounded.equals(detail) ? detail : bounded;
        }
        int share = MOST_BYTES / Math.max(1, bounded.size());
        bounded.replaceAll((_, value) -> {
            int size = bytes(value);
            return size <= share ? value : "(" + size + " bytes are left out)";
        });
        return bounded;
    }

    /** A text that ends with how much of it is missing, if anything is; never in the middle of a character. */
    static String text(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int whole = longest - ROOM_FOR_COUNT;
        int end = Character.isHighSurrogate(text.charAt(whole - 1)) ? whole - 1 : whole;
        return text.substring(0, end) + CUT + " (" + (text.length() - end) + " more characters)";
    }

    private static Map<String, Object> map(Map<?, ?> values, int depth) {
        Map<String, Object> bounded = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            if (values.size() > MOST_ELEMENTS && bounded.size() == MOST_ELEMENTS - 1) {
                bounded.put(CUT, values.size() - bounded.size() + " more");
                break;
            }
            bounded.put(text(String.valueOf(entry.getKey()), LONGEST_KEY), value(entry.getValue(), depth));
        }
        return bounded;
    }

    private static List<Object> list(List<?> values, int depth) {
        List<Object> bounded = new ArrayList<>();
        int kept = values.size() > MOST_ELEMENTS ? MOST_ELEMENTS - 1 : values.size();
        values.stream().limit(kept).map(value -> value(value, depth)).forEach(bounded::add);
        if (kept < values.size()) {
            bounded.add(CUT + " (" + (values.size() - kept) + " more)");
        }
        return bounded;
    }

    private static @Nullable Object value(@Nullable Object value, int depth) {
        return switch (value) {
            case null -> null;
            case String text -> text(text, LONGEST_TEXT);
            case Map<?, ?> _ when depth == DEEPEST -> CUT;
            case List<?> _ when depth == DEEPEST -> CUT;
            case Map<?, ?> map -> map(map, depth + 1);
            case List<?> list -> list(list, depth + 1);
            default -> value;
        };
    }

    private static int bytes(@Nullable Object value) {
        return Json.MAPPER.writeValueAsBytes(value).length;
    }
}
