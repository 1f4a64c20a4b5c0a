package io.vmrestore.openstack.transport;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as clouds write them: ISO 8601 with or without fraction, with {@code T} or a space, with {@code Z}, an offset
 * or nothing, which is UTC.
 */
final class Times {
    private static final int NANOS_DIGITS = 9;
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}(?::\\d{2})?)(?:[.,](\\d+))? ?(Z|UTC|[+-]\\d{2}(?::?\\d{2})?)?",
            Pattern.CASE_INSENSITIVE);

    private Times() {}

    /** The instant; null if the text is no such time. */
    static @Nullable Instant parse(String text) {
        Matcher found = FORM.matcher(text.strip());
        if (!found.matches()) {
            return null;
        }
        try {
            return LocalDateTime.parse(found.group(1) + "T" + found.group(2))
                    .plusNanos(nanos(found.group(3)))
                    .toInstant(offset(found.group(4)));
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    private static long nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "0".repeat(NANOS_DIGITS)).substring(0, NANOS_DIGITS));
    }

    private static ZoneOffset offset(@Nullable String zone) {
        return zone == null || Character.isLetter(zone.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(zone);
    }
}
