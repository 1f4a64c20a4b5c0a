package io.vmrestore.support.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What health {@code progress} says of some work: times that must not become long, and what helps to understand them.
 * Times are shown in whole seconds under names that end in {@code _seconds}.
 */
public final class Progress {
    private final Map<String, Object> details = new LinkedHashMap<>();
    private Duration longest = Duration.ZERO;

    /** A time without a sign of life: beyond the timeout the work counts as stuck. */
    public Progress silent(String name, Duration time) {
        longest = time.compareTo(longest) > 0 ? time : longest;
        return age(name, time);
    }

    /** A time that is shown and means nothing by itself. */
    public Progress age(String name, Duration time) {
        return detail(name + "_seconds", time.toSeconds());
    }

    /** @param value null is not shown */
    public Progress detail(String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value);
        }
        return this;
    }

    boolean stuck(Duration timeout) {
        return longest.compareTo(timeout) > 0;
    }

    Map<String, Object> details() {
        return details;
    }
}
