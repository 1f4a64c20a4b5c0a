package io.vmrestore.status.fold;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.lifecycle.Evolution;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.Transition;
import io.vmrestore.status.store.AppliedEvent;
import io.vmrestore.status.store.JobChange;
import io.vmrestore.status.store.StoredJob;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies a batch of events to the states that the tables have, one after the other, without any I/O. */
final class Folding {
    private static final Logger log = LoggerFactory.getLogger(Folding.class);

    private final Map<UUID, StoredJob> stored;
    private final Map<UUID, StoredJob> current;
    private final Map<UUID, JobChange> changes = new HashMap<>();
    private final List<AppliedEvent> applied = new ArrayList<>();
    private final Map<FoldOutcome, Integer> outcomes = new EnumMap<>(FoldOutcome.class);

    private Folding(Map<UUID, StoredJob> stored) {
        this.stored = stored;
        this.current = new HashMap<>(stored);
    }

    /** @param stored the states of all the batch's restores that exist */
    static Folding of(EventBatch batch, Map<UUID, StoredJob> stored) {
        Folding folding = new Folding(stored);
        batch.entries().forEach(entry -> folding.outcomes.merge(folding.fold(entry), 1, Integer::sum));
        if (batch.undecodable() > 0) {
            folding.outcomes.put(FoldOutcome.UNDECODABLE, batch.undecodable());
        }
        return folding;
    }

    /** The restores that must be written, each once, in its last state. */
    Map<UUID, JobChange> changes() {
        return changes;
    }

    /** The events that made the changes. */
    List<AppliedEvent> applied() {
        return applied;
    }

    Map<FoldOutcome, Integer> outcomes() {
        return outcomes;
    }

    private FoldOutcome fold(EventBatch.Entry entry) {
        UUID id = entry.event().jobId();
        StoredJob job = current.get(id);
        if (job != null && job.folded().covers(entry.position())) {
            return FoldOutcome.REPEATED;
        }
        return switch (evolve(job == null ? null : job.state(), entry.event())) {
            case Transition.Applied(JobState state) -> {
                StoredJob after = new StoredJob(state, entry.position());
                StoredJob before = stored.get(id);
                current.put(id, after);
                applied.add(new AppliedEvent(state.version(), entry.event()));
                changes.compute(
                        id,
                        (_, change) -> change == null
                                ? JobChange.first(before == null ? null : before.state(), after)
                                : change.then(after));
                yield FoldOutcome.APPLIED;
            }
            case Transition.Ignored(String reason) -> {
                log.debug("{} at {} is ignored: {}", entry.event().id(), entry.position(), reason);
                yield FoldOutcome.IGNORED;
            }
            // Dispatch, which decides the same, publishes the record to the dead-letter topic.
            case Transition.Illegal(String reason) -> {
                log.warn("{} at {} is illegal: {}", entry.event().id(), entry.position(), reason);
                yield FoldOutcome.ILLEGAL;
            }
        };
    }

    /** An event from outside may lack what ours always have; then it must not stop the fold of all others. */
    private static Transition evolve(@Nullable JobState state, RestoreEvent event) {
        try {
            return Evolution.evolve(state, event);
        } catch (RuntimeException incomplete) {
            log.warn("{} cannot be applied", event.id(), incomplete);
            return new Transition.Illegal("the event is incomplete: " + incomplete);
        }
    }
}
