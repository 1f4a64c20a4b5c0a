package io.vmrestore.planner.dispatch;

import io.vmrestore.common.lifecycle.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When each restore must be looked at again: a running one because it may have fallen silent, a plan because nobody may
 * have executed it, an ended one to be forgotten. Spares reading every state at every check.
 */
final class Deadlines {
    private final Duration staleAfter;
    private final Duration planTtl;
    private final Duration retention;
    private final Instant listeningSince;
    private final Map<String, Instant> due = new HashMap<>();

    /**
     * @param listeningSince silence counts from here on: whoever was away has not heard the signs of life that were
     *     given meanwhile
     */
    Deadlines(Duration staleAfter, Duration planTtl, Duration retention, Instant listeningSince) {
        this.staleAfter = staleAfter;
        this.planTtl = planTtl;
        this.retention = retention;
        this.listeningSince = listeningSince;
    }

    void note(String key, JobState job) {
        switch (job.status()) {
            case PLANNING, PENDING, RUNNING -> {
                Instant heard = job.lastHeartbeat();
                due.put(key, (heard.isAfter(listeningSince) ? heard : listeningSince).plus(staleAfter));
            }
            case PLANNED -> due.put(key, job.lastHeartbeat().plus(planTtl));
            case COMPLETED, FAILED, CANCELLED, INTERRUPTED, DRY_RUN ->
                due.put(key, job.lastHeartbeat().plus(retention));
        }
    }

    void forget(String key) {
        due.remove(key);
    }

    List<String> passed(Instant now) {
        return due.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(now))
                .map(Map.Entry::getKey)
                .toList();
    }
}
