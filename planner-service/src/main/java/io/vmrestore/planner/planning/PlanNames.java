package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.ServerName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of what a restore makes: {@code <base>-restored-<time>} and {@code restored-<base>-<time>}. The base is the
 * original's name without such an ending, so names do not grow from restore to restore, and without what Nova forbids;
 * it is cut where the whole would be too long, by code points, as the cloud counts.
 */
final class PlanNames {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What earlier restores have appended, whatever number of them. */
    private static final Pattern ENDING = Pattern.compile("(-restored-\\d{8}-\\d{6}(-\\d+)?)+$");

    /** Stands for an original whose name has nothing that Nova takes. */
    private static final String NAMELESS = "vm";

    private final String base;
    private final String time;
    private final int number;

    private PlanNames(String base, String time, int number) {
        this.base = base;
        this.time = time;
        this.number = number;
    }

    /** The names of a restore that was asked for at this time, if nobody else has them. */
    static PlanNames of(String original, Instant requestedAt) {
        String base = ServerName.allowedPart(
                ENDING.matcher(ServerName.allowedPart(original)).replaceFirst(""));
        return new PlanNames(base.isEmpty() ? NAMELESS : base, TIME.format(requestedAt), 1);
    }

    /** The next names to try where these are taken. */
    PlanNames next() {
        return new PlanNames(base, time, number + 1);
    }

    /** The restored VM's. */
    String server() {
        return fitted("", "-restored-" + time + suffix());
    }

    /** Its boot volume's. */
    String volume() {
        return fitted("restored-", "-" + time + suffix());
    }

    /** The part that the names of all restores of this second have in common. */
    String ofThisSecond() {
        return "-restored-" + time;
    }

    private String suffix() {
        return number == 1 ? "" : "-" + number;
    }

    private String fitted(String prefix, String suffix) {
        return prefix + ServerName.cut(base, ServerName.LONGEST - prefix.length() - suffix.length()) + suffix;
    }
}
