package io.vmrestore.status.query;

import static io.vmrestore.status.problem.Refusals.invalidParameter;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The parameters of a query string, read strictly: what is not understood is refused, never passed over. */
final class QueryParameters {
    private static final int LAST_YEAR = 9999;

    private final MultiValueMap<String, String> given;

    private QueryParameters(MultiValueMap<String, String> given) {
        this.given = given;
    }

    /** @throws io.vmrestore.support.problem.ProblemException if a parameter is unknown, given twice, or empty */
    static QueryParameters of(MultiValueMap<String, String> given, Set<String> known) {
        return of(given, known, Set.of());
    }

    /** @param several those that may be given more than once */
    static QueryParameters of(MultiValueMap<String, String> given, Set<String> known, Set<String> several) {
        given.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw invalidParameter(name, "is unknown; known are " + String.join(", ", new TreeSet<>(known)));
            }
            if (values.size() > 1 && !several.contains(name)) {
                throw invalidParameter(name, "is given more than once");
            }
            if (values.stream().anyMatch(value -> value == null || value.isEmpty() || value.indexOf('\0') >= 0)) {
                throw invalidParameter(name, "has no usable value");
            }
        });
        return new QueryParameters(given);
    }

    static UUID uuid(String name, String value) {
        try {
            UUID uuid = UUID.fromString(value);
            // Java also reads shortened forms such as 1-2-3-4-5.
            if (uuid.toString().equalsIgnoreCase(value)) {
                return uuid;
            }
        } catch (IllegalArgumentException notUuid) {
            // Refused below, as the shortened forms.
        }
        throw invalidParameter(name, "must be a UUID");
    }

    @Nullable
    String text(String name) {
        return given.getFirst(name);
    }

    @Nullable
    UUID uuid(String name) {
        String value = text(name);
        return value == null ? null : uuid(name, value);
    }

    @Nullable
    Instant instant(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(value).withOffsetSameInstant(ZoneOffset.UTC);
            if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeParseException notTime) {
            // Refused below, as times that no calendar of ours reaches.
        }
        throw invalidParameter(name, "must be a time in ISO 8601 with its offset, such as 2026-11-22T08:30:00Z");
    }

    <E extends Enum<E>> @Nullable E constant(String name, Class<E> type) {
        String value = text(name);
        return value == null ? null : constant(name, value, type);
    }

    /** Each of the values given; empty if there is none. */
    <E extends Enum<E>> Set<E> constants(String name, Class<E> type) {
        return given.getOrDefault(name, List.of()).stream()
                .map(value -> constant(name, value, type))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static <E extends Enum<E>> E constant(String name, String value, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> invalidParameter(name, "must be one of " + names(List.of(type.getEnumConstants()))));
    }

    boolean flag(String name) {
        String value = text(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw invalidParameter(name, "must be true or false");
    }

    @Nullable
    Long number(String name, long least, long most) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notNumber) {
            // Refused below, as numbers out of range.
        }
        throw invalidParameter(name, "must be a whole number from " + least + " to " + most);
    }

    private static String names(List<? extends Enum<?>> constants) {
        return String.join(", ", constants.stream().map(Enum::name).toList());
    }
}
