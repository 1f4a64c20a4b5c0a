package io.vmrestore.support.api;

import java.util.Locale;

/** A point in the life of a restore that a reader can wait for. */
public enum Milestone {
    /** The plan is ready or refused. */
    PLANNED,
    /** The request to execute was decided. */
    ADMITTED,
    /** The restore has ended. */
    ENDED;

    /** The value of {@link JobsApi#UNTIL}, such as {@code planned}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
