package io.vmrestore.gateway.http;

import io.vmrestore.common.contract.ServerName;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The forms that values may have, the same in bodies and in parameters. Each check gives what is wrong, or nothing. */
public final class Checks {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");

    private static final int LAST_YEAR = 9999;

    private Checks() {}

    public static Optional<String> uuid(String value) {
        return problemUnless(
                UUID.matcher(value).matches(), "must be a UUID such as 0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e");
    }

    /** Keystone's own project ids are 32 hexadecimal digits; those of other identity backends may be UUIDs. */
    public static Optional<String> projectId(String value) {
        return problemUnless(
                HEX.matcher(value).matches() || UUID.matcher(value).matches(),
                "must be a project id: 32 hexadecimal digits or a UUID");
    }

    /** Text that the database can store and a log line can show. */
    public static Optional<String> text(String value, int longest) {
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > longest) {
            return Optional.of("must have 1 to " + longest + " characters, not " + length);
        }
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of("must not contain control characters");
        }
        return problemUnless(
                value.codePoints()
                        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE),
                "must be valid Unicode");
    }

    /** A name of something in the cloud: text of which something can be seen. */
    public static Optional<String> name(String value, int longest) {
        return text(value, longest).or(() -> problemUnless(!value.isBlank(), "must not be blank"));
    }

    /** What Nova takes as the name of a new server. */
    public static Optional<String> serverName(String value) {
        return text(value, ServerName.LONGEST).or(() -> ServerName.problem(value));
    }

    public static <E extends Enum<E>> Optional<String> oneOf(Class<E> choices, String value) {
        return problemUnless(
                Arrays.stream(choices.getEnumConstants())
                        .anyMatch(choice -> choice.name().equals(value)),
                "must be one of "
                        + Arrays.stream(choices.getEnumConstants())
                                .map(Enum::name)
                                .collect(Collectors.joining(", ")));
    }

    public static Optional<String> time(String value) {
        try {
            int year = OffsetDateTime.parse(value)
                    .toInstant()
                    .atOffset(ZoneOffset.UTC)
                    .getYear();
            return problemUnless(year >= 0 && year <= LAST_YEAR, "must be a time in the years 0 to " + LAST_YEAR);
        } catch (DateTimeException malformed) {
            return Optional.of("must be a time with an offset such as 2026-11-22T18:30:00Z");
        }
    }

    public static Optional<String> range(String value, int least, int most) {
        boolean within =
                value.matches("[0-9]{1,6}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
        return problemUnless(within, "must be a whole number from " + least + " to " + most);
    }

    public static Optional<String> flag(String value) {
        return problemUnless(value.equals("true") || value.equals("false"), "must be true or false");
    }

    /** A time that {@link #time} accepts, in UTC. */
    public static String inUtc(String time) {
        return OffsetDateTime.parse(time).toInstant().toString();
    }

    /** Ids in one spelling: they are Kafka keys and database values, which are compared letter by letter. */
    public static String canonicalId(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private static Optional<String> problemUnless(boolean right, String problem) {
        return right ? Optional.empty() : Optional.of(problem);
    }
}
