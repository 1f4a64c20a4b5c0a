package io.vmrestore.verification.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of the simulated broker that reads committed records. Of its superclass it has only the methods that
 * nobody calls.
 */
final class SimulatedConsumer extends MockConsumer<String, byte[]> {
    private static final Duration ROUND_TRIP = Duration.ofMillis(3);

    /** All that anybody reads is that the group was joined. */
    @SuppressWarnings("deprecation")
    private static final ConsumerGroupMetadata GROUP_METADATA =
            new ConsumerGroupMetadata("any", 1, "any", Optional.empty());

    private final Broker broker;
    private final int maxRecords;
    private final ReadPositions positions;
    private final Subscription subscription;
    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private boolean wakeup;
    /** The broker's version at the last look for something new, and what it brought. */
    private long looked;

    private boolean found;
    private final int stretch;

    SimulatedConsumer(Broker broker, SimulatedProcess process, @Nullable ConsumerGroup group, int maxRecords) {
        super("earliest");
        this.broker = broker;
        this.maxRecords = maxRecords;
        positions = new ReadPositions(broker, process.name());
        subscription = new Subscription(broker, process, group, positions);
        stretch = 1 + broker.schedule().random().nextInt(8);
    }

    /** The membership that the last poll had; a transaction is committed in its name. */
    @Nullable
    GroupMember member() {
        return subscription.member();
    }

    @Override
    public void subscribe(Collection<String> wanted, ConsumerRebalanceListener given) {
        subscription.begin(wanted, given);
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {
        positions.assign(partitions);
    }

    @Override
    public ConsumerRecords<String, byte[]> poll(Duration timeout) {
        looked = -1;
        // A poll that takes longer is as good as a busy machine, and cheaper to simulate.
        await(() -> wakeup || !callbacks.isEmpty() || anythingNew(), timeout.multipliedBy(stretch));
        if (wakeup) {
            wakeup = false;
            throw new WakeupException();
        }
        for (Runnable callback = callbacks.poll(); callback != null; callback = callbacks.poll()) {
            callback.run();
        }
        if (broker.available()) {
            subscription.rebalance();
            if (!subscription.ended()) {
                return positions.fetch(1 + broker.schedule().random().nextInt(maxRecords));
            }
        }
        return ConsumerRecords.empty();
    }

    private boolean anythingNew() {
        if (looked != broker.version()) {
            looked = broker.version();
            found = broker.available() && (subscription.rebalances() || positions.fetchable());
        }
        return found;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return positions.partitions();
    }

    @Override
    public long position(TopicPartition partition) {
        return positions.get(partition);
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        positions.seek(partition, offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> seek(partition, 0));
    }

    @Override
    public Set<TopicPartition> paused() {
        return Collections.unmodifiableSet(positions.paused());
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        positions.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        positions.resume(partitions);
    }

    @Override
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        GroupMember committing = subscription.member();
        broker.schedule().after(ROUND_TRIP, () -> {
            Exception failure = tryCommit(committing, offsets);
            callbacks.add(() -> callback.onComplete(offsets, failure));
        });
    }

    private @Nullable Exception tryCommit(
            @Nullable GroupMember committing, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!broker.available()) {
            return new TimeoutException("The broker is away");
        }
        try {
            subscription.commit(committing, offsets);
            return null;
        } catch (CommitFailedException refused) {
            return refused;
        }
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration limit) {
        await(() -> false, ROUND_TRIP);
        if (!await(broker::available, limit)) {
            throw new TimeoutException("The broker is away");
        }
        subscription.commit(subscription.member(), offsets);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        await(() -> false, ROUND_TRIP);
        requireBroker();
        Map<TopicPartition, Long> ends = new LinkedHashMap<>();
        partitions.forEach(
                partition -> ends.put(partition, broker.log(partition).stableEnd()));
        return ends;
    }

    private void requireBroker() {
        if (!await(broker::available, Duration.ofSeconds(60))) {
            throw new TimeoutException("The broker is away");
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
        requireBroker();
        Map<TopicPartition, OffsetAndTimestamp> offsets = new LinkedHashMap<>();
        times.forEach((partition, millis) -> broker.log(partition)
                .since(millis)
                .ifPresent(offset -> offsets.put(partition, new OffsetAndTimestamp(offset, millis))));
        return offsets;
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return Collections.nCopies(broker.partitions(topic), new PartitionInfo(topic, 0, null, null, null));
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        return OptionalLong.of(broker.log(partition).stableEnd() - position(partition));
    }

    @Override
    public ConsumerGroupMetadata groupMetadata() {
        return GROUP_METADATA;
    }

    @Override
    public void wakeup() {
        wakeup = true;
    }

    @Override
    public void close() {
        close(CloseOptions.timeout(Duration.ZERO));
    }

    @Override
    public void close(CloseOptions options) {
        subscription.end();
        positions.assign(List.of());
    }

    private boolean await(java.util.function.BooleanSupplier condition, Duration limit) {
        try {
            return broker.schedule().await(condition, limit);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
