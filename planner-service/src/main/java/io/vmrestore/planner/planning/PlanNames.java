package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.RestoreMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names of what a restore makes. They follow from the request alone, so a plan computed twice names the same. */
final class PlanNames {
    /** Nova and Cinder take no longer ones. */
    static final int LONGEST = 255;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PlanNames() {}

    /** The name of the restored VM; in the original's place it is the original's. */
    static String server(RestoreMode mode, @Nullable String given, String original, Instant requestedAt) {
        if (mode == RestoreMode.REPLACE) {
            return original;
        }
        return given == null ? fitted("", original, "-restored-" + TIME.format(requestedAt)) : given;
    }

    static String volume(String original, Instant requestedAt) {
        return fitted("restored-", original, "-" + TIME.format(requestedAt));
    }

    private static String fitted(String prefix, String original, String suffix) {
        int room = LONGEST - prefix.length() - suffix.length();
        String kept = original.length() <= room ? original : original.substring(0, room);
        // A character outside the basic plane takes two places and must not be cut in the middle.
        if (!kept.isEmpty() && Character.isHighSurrogate(kept.charAt(kept.length() - 1))) {
            kept = kept.substring(0, kept.length() - 1);
        }
        return prefix + kept + suffix;
    }
}
