package io.vmrestore.status.fold;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.status.store.OffsetMovedException;
import io.vmrestore.status.store.OffsetStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

/**
 * Hands polled batches to the fold and keeps the consumer where the tables are: it begins at the stored offsets and
 * goes back to them after every failure. All methods run on the consumer's thread.
 */
@Component
public class FoldListener
        implements BatchAcknowledgingConsumerAwareMessageListener<String, byte[]>, ConsumerAwareRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(FoldListener.class);

    /** Beyond it the database does not answer; below max.poll.interval.ms, or the group would exclude this consumer. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    /** Between two commits of the group's offsets, each of which costs the broker as much as an event. */
    private static final Duration COMMIT_PAUSE = Duration.ofSeconds(1);

    private static final Duration LOOK_PAUSE = Duration.ofSeconds(1);

    /** Fewer records behind than one poll returns is no backlog. */
    private static final long NO_BACKLOG = 2000;

    private final Fold fold;
    private final OffsetStore offsets;
    private final FoldProgress progress;
    private final TimeSource time;

    /** The stored offset of each partition that the consumer was set to; a partition is missing until it was. */
    private final Map<Integer, Long> positions = new HashMap<>();

    /** Folded, but not yet told to the group. */
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

    private long lastCommit;
    private long lastLook;
    private boolean failing;

    public FoldListener(Fold fold, OffsetStore offsets, FoldProgress progress, TimeSource time) {
        this.fold = fold;
        this.offsets = offsets;
        this.progress = progress;
        this.time = time;
        lastCommit = time.nanoTime() - COMMIT_PAUSE.toNanos();
        lastLook = time.nanoTime() - LOOK_PAUSE.toNanos();
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        leave(partitions);
        attempt(() -> position(consumer));
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        leave(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        leave(partitions);
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<String, byte[]>> records,
            @Nullable Acknowledgment unused,
            @Nullable Consumer<?, ?> given) {
        Consumer<?, ?> consumer = Objects.requireNonNull(given, "the container's consumer");
        progress.polled();
        EventBatch batch = EventBatch.decode(records);
        if (!positions.keySet().containsAll(batch.nextOffsets().keySet())) {
            // The tables could not be asked when the partition was assigned; what was polled may be from anywhere.
            rewind(batch, consumer);
            attempt(() -> position(consumer));
            return;
        }
        boolean folded = attempt(() -> fold(batch));
        if (folded) {
            batch.nextOffsets()
                    .forEach((partition, offset) -> uncommitted.put(
                            new TopicPartition(Topics.EVENTS, partition), new OffsetAndMetadata(offset)));
            commit(consumer);
            observe(consumer);
        } else {
            rewind(batch, consumer);
            positions.keySet().removeAll(batch.nextOffsets().keySet());
        }
    }

    /** Nothing came for a while. */
    public void onIdle(Consumer<?, ?> consumer) {
        commit(consumer);
        if (positions.keySet().containsAll(numbers(consumer.assignment())) || attempt(() -> position(consumer))) {
            observe(consumer);
        }
    }

    private void fold(EventBatch batch) {
        long begin = time.nanoTime();
        Map<Integer, Long> next = new HashMap<>(positions);
        Map<FoldOutcome, Integer> outcomes = fold.applyStorable(batch, next).block(LIMIT);
        positions.putAll(batch.nextOffsets());
        progress.folded(
                Objects.requireNonNull(outcomes),
                time.since(begin),
                batch.records().getLast().timestamp());
    }

    private void position(Consumer<?, ?> consumer) {
        Set<Integer> missing = numbers(consumer.assignment());
        missing.removeAll(positions.keySet());
        if (missing.isEmpty()) {
            return;
        }
        Map<Integer, Long> stored = Objects.requireNonNull(offsets.read(missing).block(LIMIT));
        stored.forEach((partition, offset) -> consumer.seek(new TopicPartition(Topics.EVENTS, partition), offset));
        positions.putAll(stored);
        log.info("Folding continues at {}", stored);
    }

    private boolean attempt(Runnable work) {
        try {
            work.run();
            if (failing) {
                log.info("The fold works again");
                failing = false;
            }
            return true;
        } catch (OffsetMovedException moved) {
            log.info("{}", moved.getMessage());
            return false;
        } catch (RuntimeException failure) {
            if (!failing) {
                log.warn("The fold failed and is tried again until it succeeds", failure);
            }
            failing = true;
            progress.failed("the fold failed and is tried again; the log says why");
            pause();
            return false;
        }
    }

    private void leave(Collection<TopicPartition> partitions) {
        positions.keySet().removeAll(numbers(partitions));
        uncommitted.keySet().removeAll(partitions);
        fold.forget();
    }

    private static void rewind(EventBatch batch, Consumer<?, ?> consumer) {
        Map<TopicPartition, Long> first = new HashMap<>();
        batch.records()
                .forEach(record ->
                        first.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.offset()));
        Set<TopicPartition> assigned = consumer.assignment();
        first.forEach((partition, offset) -> {
            if (assigned.contains(partition)) {
                consumer.seek(partition, offset);
            }
        });
    }

    /** For whoever watches the group with Kafka's tools; the fold itself goes by the offsets in the tables. */
    private void commit(Consumer<?, ?> consumer) {
        if (uncommitted.isEmpty() || time.nanoTime() - lastCommit < COMMIT_PAUSE.toNanos()) {
            return;
        }
        lastCommit = time.nanoTime();
        consumer.commitAsync(Map.copyOf(uncommitted), (_, failure) -> {
            if (failure != null) {
                log.debug("The group's offsets were not committed", failure);
            }
        });
        uncommitted.clear();
    }

    /** Every partition costs a question to the consumer's own thread, so a fold that is well is looked at seldom. */
    private void observe(Consumer<?, ?> consumer) {
        if (consumer.groupMetadata().generationId() < 0) {
            progress.waiting("the consumer has not joined its group");
            return;
        }
        boolean well = progress.obstacle() == null && progress.caughtUp() && progress.lag() <= NO_BACKLOG;
        if (well && time.nanoTime() - lastLook < LOOK_PAUSE.toNanos()) {
            return;
        }
        Set<TopicPartition> assigned = consumer.assignment();
        long behind = 0;
        for (TopicPartition partition : assigned) {
            OptionalLong lag = consumer.currentLag(partition);
            if (lag.isEmpty()) {
                return;
            }
            behind += lag.getAsLong();
        }
        lastLook = time.nanoTime();
        progress.positioned(assigned.size(), behind, NO_BACKLOG);
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    private void pause() {
        try {
            time.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
