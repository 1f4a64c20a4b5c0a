package io.vmrestore.planner.dispatch;

import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.lifecycle.Decision;
import io.vmrestore.common.lifecycle.Dispatch;
import io.vmrestore.common.lifecycle.DispatchPolicy;
import io.vmrestore.common.lifecycle.Evolution;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.Transition;
import io.vmrestore.planner.dispatch.DispatchMeters.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one event leads to, complete and encoded before anything of it is done: either all of it happens or nothing.
 *
 * @param after the restore's new state; null if the event changes nothing
 * @param stored the same as it is stored
 * @param ignored why the event changes nothing; null if it does
 * @param decision what follows
 * @param records the decision as records
 */
record Reaction(
        @Nullable JobState after,
        byte @Nullable [] stored,
        @Nullable String ignored,
        Decision decision,
        List<ProducerRecord<String, byte[]>> records) {

    /**
     * Finds out what follows from an event; changes nothing.
     *
     * @param offset the event's place in its partition
     * @param forgotten restores that ended before this time are no longer known
     * @throws UnusableRecordException if the event contradicts its restore's state
     * @throws RuntimeException if the state cannot be read, or something that follows cannot be written
     */
    static Reaction to(DispatchPolicy policy, Jobs jobs, RestoreEvent event, long offset, Instant forgotten)
            throws UnusableRecordException {
        Jobs.Stored stored = jobs.find(Jobs.key(event));
        if (stored != null && stored.offset() >= offset) {
            // Read again after a crash. To evolve it would look different in the light of what came later.
            JobState known = stored.job();
            return ignored(
                    "the state contains it already",
                    Dispatch.repeated(policy, known, event, rivals(jobs, known, null)));
        }
        JobState before = stored == null ? null : stored.job();
        if (before == null && event.time().isBefore(forgotten)) {
            // Were the topic ever read again from its start, the restores of long ago must not happen again.
            return ignored("older than what dispatch remembers", Decision.NOTHING);
        }
        if (before == null && event instanceof RestoreEvent.StepEvent) {
            // Whoever answers was asked, so the restore was known: it ended so long ago that it is forgotten. What the
            // answer still names is for the status tables, which forget nothing.
            return ignored("the restore is not known any more", Decision.NOTHING);
        }
        Transition transition = Evolution.evolve(before, event);
        return switch (transition) {
            case Transition.Applied(JobState after) -> {
                Decision decision = Dispatch.decide(policy, before, event, transition, rivals(jobs, before, after));
                yield new Reaction(after, Jobs.encode(offset, after), null, decision, encode(decision));
            }
            case Transition.Ignored(String reason) ->
                ignored(reason, Dispatch.decide(policy, before, event, transition, rivals(jobs, before, null)));
            case Transition.Illegal(String reason) ->
                throw new UnusableRecordException(Outcome.ILLEGAL, event.id() + " is illegal: " + reason);
        };
    }

    private static Reaction ignored(String reason, Decision decision) {
        return new Reaction(null, null, reason, decision, encode(decision));
    }

    /** Only the admission of a restore, and the end of one that replaced its VM, look at the others of the VM. */
    private static List<JobState> rivals(Jobs jobs, @Nullable JobState before, @Nullable JobState after) {
        if (after != null && concernsOthers(after)) {
            return jobs.others(after);
        }
        return before != null && concernsOthers(before) ? jobs.others(before) : List.of();
    }

    private static boolean concernsOthers(JobState job) {
        boolean replaced =
                job.request().mode() == RestoreMode.REPLACE && job.status().terminal();
        return job.status() == JobStatus.PENDING || replaced;
    }

    private static List<ProducerRecord<String, byte[]>> encode(Decision decision) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        decision.events().stream().map(EventCodec::encode).forEach(records::add);
        decision.commands().stream().map(CommandCodec::encode).forEach(records::add);
        return records;
    }
}
