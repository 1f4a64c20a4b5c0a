package io.vmrestore.support.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * When work counts as stuck.
 *
 * @param timeout how long there may be no sign of life before health {@code progress} is down
 *     ({@code RESTORE_PROGRESS_TIMEOUT})
 */
@ConfigurationProperties("restore.progress")
public record ProgressSettings(Duration timeout) {

    /** @throws IllegalArgumentException if the timeout is not positive */
    public ProgressSettings {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "RESTORE_PROGRESS_TIMEOUT must be a positive time such as 1m, not " + timeout);
        }
    }

    /**
     * Requires the timeout to be more than another time.
     *
     * @param variable names the other time
     * @param otherwise what would happen
     * @throws IllegalArgumentException if it is not; the message names both
     */
    public void requireMoreThan(Duration other, String variable, String otherwise) {
        require(timeout.compareTo(other) > 0, "more", other, variable, otherwise);
    }

    /** Requires the timeout to be less than another time; otherwise as {@link #requireMoreThan}. */
    public void requireLessThan(Duration other, String variable, String otherwise) {
        require(timeout.compareTo(other) < 0, "less", other, variable, otherwise);
    }

    private void require(boolean met, String relation, Duration other, String variable, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException("RESTORE_PROGRESS_TIMEOUT is " + timeout + ": it must be " + relation
                    + " than " + variable + ", " + other + ", or " + otherwise);
        }
    }
}
