package io.vmrestore.planner.dispatch;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.lifecycle.JobState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the restores of one partition wait for: commands that nobody has answered, and where there is none, the
 * announcement that dispatch owes itself. Ordered, so that the oldest is known without a look at the others.
 */
final class OpenCommands {
    /** The plan command, or an announcement. */
    private static final int NO_STEP = 0;

    private final Map<String, Map<Integer, Open>> ofRestore = new HashMap<>();
    private final NavigableSet<Open> byAge = new TreeSet<>(order(Comparator.comparing(Open::since)));
    private final NavigableSet<Open> bySilence = new TreeSet<>(order(Comparator.comparing(Open::heard)));

    /**
     * One of them.
     *
     * @param step the step's order; 0 for the plan and for an announcement
     * @param since when it was due
     * @param heard when somebody last gave a sign of life of it, at the earliest when it was due
     */
    record Open(UUID jobId, int step, Instant since, Instant heard) {}

    /**
     * All of them in short.
     *
     * @param oldest the one that has waited longest; null if there is none
     * @param mostSilent the one that was not heard of for longest; null if there is none
     */
    record Summary(
            int count, @Nullable Open oldest, @Nullable Open mostSilent) {}

    private static Comparator<Open> order(Comparator<Open> time) {
        return time.thenComparing(Open::jobId).thenComparing(Open::step);
    }

    /**
     * Takes note of a restore's new state.
     *
     * @param news the event that led to it; null if that is not known, as after a restart
     */
    void note(String key, JobState job, @Nullable RestoreEvent news) {
        Map<Integer, Open> before = remove(key);
        Map<Integer, Open> after = new HashMap<>();
        for (Open command : waitedFor(job)) {
            Open known = before.get(command.step());
            // A retry is a new command, also where it is the same step.
            Instant heard = known != null && known.since().equals(command.since()) ? known.heard() : command.heard();
            if (news instanceof StepEvent sign && sign.step().stepOrder() == command.step()) {
                heard = later(heard, sign.time());
            }
            Open open = new Open(command.jobId(), command.step(), command.since(), heard);
            after.put(open.step(), open);
            byAge.add(open);
            bySilence.add(open);
        }
        if (!after.isEmpty()) {
            ofRestore.put(key, after);
        }
    }

    void forget(String key) {
        remove(key);
    }

    Summary summary() {
        return byAge.isEmpty()
                ? new Summary(0, null, null)
                : new Summary(byAge.size(), byAge.first(), bySilence.first());
    }

    private Map<Integer, Open> remove(String key) {
        Map<Integer, Open> removed = ofRestore.remove(key);
        if (removed == null) {
            return Map.of();
        }
        byAge.removeAll(removed.values());
        bySilence.removeAll(removed.values());
        return removed;
    }

    private static List<Open> waitedFor(JobState job) {
        return switch (job.status()) {
            case PLANNING -> List.of(open(job, NO_STEP, job.createdAt()));
            case PENDING -> List.of(open(job, NO_STEP, job.lastHeartbeat()));
            case RUNNING -> {
                List<Open> steps = job.steps().stream()
                        .filter(step -> step.inFlight() && step.notBefore() != null)
                        .map(step -> open(job, step.stepOrder(), step.notBefore()))
                        .toList();
                yield steps.isEmpty() ? List.of(open(job, NO_STEP, job.lastHeartbeat())) : steps;
            }
            case PLANNED, COMPLETED, FAILED, CANCELLED, INTERRUPTED, DRY_RUN -> List.of();
        };
    }

    /** Which step a sign of life was of is not stored: the restore's last one may have been of any. */
    private static Open open(JobState job, int step, Instant since) {
        return new Open(job.jobId(), step, since, later(since, job.lastHeartbeat()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
