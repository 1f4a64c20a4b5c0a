package io.vmrestore.executor.attempt;

import io.vmrestore.common.contract.Topics;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The restores that were stopped, for as long as a command of them may come: as long as command topics keep records.
 * Time is that of the stops themselves.
 */
final class StoppedRestores {
    /** In the order in which they were told. */
    private final Map<UUID, Instant> stopped = new LinkedHashMap<>();

    /** @param told when the stop was published */
    void add(UUID jobId, Instant told) {
        stopped.remove(jobId);
        stopped.put(jobId, told);
        Instant forgotten = told.minus(Topics.COMMANDS_KEPT);
        Iterator<Instant> oldest = stopped.values().iterator();
        while (oldest.hasNext() && oldest.next().isBefore(forgotten)) {
            oldest.remove();
        }
    }

    boolean contains(UUID jobId) {
        return stopped.containsKey(jobId);
    }

    int size() {
        return stopped.size();
    }
}
