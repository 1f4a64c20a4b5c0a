package io.vmrestore.status.rebuild;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of folding all tables anew.
 *
 * @param records of the topic that are folded so far
 * @param recordsTotal that were in the topic when it began
 * @param jobs restores in the new tables; null before the end
 * @param problem what kept it from completing; null if nothing did
 */
record Rebuild(
        UUID id,
        String requestedBy,
        State state,
        Instant startedAt,
        @Nullable Instant endedAt,
        long records,
        long recordsTotal,
        @Nullable Long jobs,
        @Nullable String problem) {

    /** How far it is. */
    enum State {
        RUNNING,
        /** The new tables are in use. */
        COMPLETED,
        /** The old tables are in use as before. */
        FAILED,
        /** Whoever ran it has died; the old tables are in use as before. */
        ABANDONED
    }
}
