package io.vmrestore.status.fold;

import io.vmrestore.status.store.BatchWriter;
import io.vmrestore.status.store.BatchWriter.Advance;
import io.vmrestore.status.store.JobStore;
import io.vmrestore.status.store.StoredJob;
import io.vmrestore.status.store.UnreadableEvent;
import io.vmrestore.status.store.UnstorableException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Folds a batch of events into the tables: reads the states, applies the events, and writes states and offsets in one
 * transaction. Either all of it happened or nothing, so every event is folded exactly once. One batch at a time.
 */
@Component
public class Fold {
    private static final Logger log = LoggerFactory.getLogger(Fold.class);

    private final JobStore jobs;
    private final BatchWriter writer;
    private final JobCache cache = new JobCache();

    public Fold(JobStore jobs, BatchWriter writer) {
        this.jobs = jobs;
        this.writer = writer;
    }

    /**
     * Folds a batch.
     *
     * @param positions the offset that the tables have as next for each partition of the batch
     * @return how many events met which outcome
     */
    Mono<Map<FoldOutcome, Integer>> apply(EventBatch batch, Map<Integer, Long> positions) {
        // States that are read before another instance wrote them are no danger: its offsets then refuse ours.
        return stored(batch.jobIds())
                .map(stored -> folded(batch, stored))
                .flatMap(folding -> writer.write(
                                folding.changes().values(), folding.applied(), advances(batch, positions))
                        .doOnSuccess(_ -> cache.written(folding.changes().values()))
                        .thenReturn(folding.outcomes()))
                .doOnError(_ -> cache.clear());
    }

    /** A defect of ours on one event must not keep all others from being folded. */
    private static Folding folded(EventBatch batch, Map<UUID, StoredJob> stored) {
        try {
            return Folding.of(batch, stored);
        } catch (RuntimeException defect) {
            throw new UnstorableException("It cannot be folded", defect);
        }
    }

    /** Folds a batch; where the tables have no place for something of it, everything else. */
    Mono<Map<FoldOutcome, Integer>> applyStorable(EventBatch batch, Map<Integer, Long> positions) {
        return apply(batch, positions).onErrorResume(UnstorableException.class, _ -> applyOneByOne(batch, positions));
    }

    /**
     * Folds each event in a transaction of its own and leaves out those that the tables have no place for: one must not
     * keep all others from being folded. What events say becomes storable at the border to the database, so this is for
     * what nobody has foreseen.
     */
    private Mono<Map<FoldOutcome, Integer>> applyOneByOne(EventBatch batch, Map<Integer, Long> positions) {
        return Flux.fromIterable(batch.records())
                .map(record -> EventBatch.decode(List.of(record)))
                .concatMap(single -> Mono.defer(() -> apply(single, positions))
                        .onErrorResume(UnstorableException.class, refusal -> skip(single, positions, refusal))
                        .doOnNext(_ -> positions.putAll(single.nextOffsets())))
                .flatMapIterable(Map::entrySet)
                .collect(
                        () -> new EnumMap<FoldOutcome, Integer>(FoldOutcome.class),
                        (sum, entry) -> sum.merge(entry.getKey(), entry.getValue(), Integer::sum))
                .map(sum -> sum);
    }

    /** Forgets what the tables held; for when another instance may have written to them. */
    void forget() {
        cache.clear();
    }

    private Mono<Map<UUID, StoredJob>> stored(Set<UUID> ids) {
        Map<UUID, StoredJob> known = cache.get(ids);
        if (known.size() == ids.size()) {
            return Mono.just(known);
        }
        return jobs.load(ids.stream().filter(id -> !known.containsKey(id)).toList())
                .map(loaded -> {
                    loaded.putAll(known);
                    return loaded;
                });
    }

    private Mono<Map<FoldOutcome, Integer>> skip(EventBatch single, Map<Integer, Long> positions, Throwable refusal) {
        EventBatch.Entry entry = single.entries().getFirst();
        log.error("{} is left out of the tables, which have no place for it", entry.position(), refusal);
        return writer.leaveOut(
                        new UnreadableEvent(entry.position(), entry.event(), reason(refusal)),
                        advances(single, positions))
                .thenReturn(Map.of(FoldOutcome.UNSTORABLE, 1));
    }

    /** In the words of whoever refused first; those between quote the statement. */
    private static String reason(Throwable refusal) {
        Throwable cause = refusal;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return refusal.getMessage() + (cause == refusal ? "" : ": " + cause.getMessage());
    }

    private static List<Advance> advances(EventBatch batch, Map<Integer, Long> positions) {
        return batch.nextOffsets().entrySet().stream()
                .map(next -> new Advance(
                        next.getKey(),
                        Objects.requireNonNull(positions.get(next.getKey()), "the position of a polled partition"),
                        next.getValue()))
                .toList();
    }
}
