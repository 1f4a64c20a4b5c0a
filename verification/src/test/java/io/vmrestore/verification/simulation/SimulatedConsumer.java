package io.vmrestore.verification.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    private final SimulatedProcess process;
    private final @Nullable ConsumerGroup group;
    private final int maxRecords;
    private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    private final Set<TopicPartition> paused = new LinkedHashSet<>();
    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private Set<String> topics = Set.of();
    private @Nullable ConsumerRebalanceListener listener;
    private @Nullable GroupMember member;
    private boolean wakeup;
    /** The broker's version at the last look for something new, and what it brought. */
    private long looked;

    private boolean found;
    private final int stretch;

    SimulatedConsumer(Broker broker, SimulatedProcess process, @Nullable ConsumerGroup group, int maxRecords) {
        super("earliest");
        this.broker = broker;
        this.process = process;
        this.group = group;
        this.maxRecords = maxRecords;
        stretch = 1 + broker.schedule().random().nextInt(8);
    }

    /** The membership that the last poll had; a transaction is committed in its name. */
    @Nullable
    GroupMember member() {
        return member;
    }

    @Override
    public void subscribe(Collection<String> wanted, ConsumerRebalanceListener given) {
        topics = new LinkedHashSet<>(wanted);
        listener = given;
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {
        positions.keySet().retainAll(partitions);
        partitions.forEach(partition -> positions.putIfAbsent(partition, 0L));
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
            rebalance();
            return fetch();
        }
        return ConsumerRecords.empty();
    }

    private boolean anythingNew() {
        if (looked != broker.version()) {
            looked = broker.version();
            found = broker.available() && (rebalances() || fetchable());
        }
        return found;
    }

    private boolean rebalances() {
        if (group == null || topics.isEmpty()) {
            return false;
        }
        return member == null
                || member.ended()
                || !group.toRevoke(member).isEmpty()
                || !group.toAssign(member).isEmpty();
    }

    private void rebalance() {
        if (!rebalances()) {
            return;
        }
        if (member != null && member.ended()) {
            List<TopicPartition> lost = List.copyOf(positions.keySet());
            broker.trace().add(process.name(), "has lost " + lost);
            positions.clear();
            paused.clear();
            member = null;
            listener().onPartitionsLost(lost);
        }
        if (member == null) {
            member = group.join(process, topics);
        }
        List<TopicPartition> revoked = group.toRevoke(member);
        if (!revoked.isEmpty()) {
            broker.trace().add(process.name(), "gives away " + revoked);
            listener().onPartitionsRevoked(revoked);
            positions.keySet().removeAll(revoked);
            paused.removeAll(revoked);
            group.release(revoked);
        }
        List<TopicPartition> assigned = group.has(member) ? group.toAssign(member) : List.of();
        if (!assigned.isEmpty()) {
            broker.trace().add(process.name(), "gets " + assigned);
            group.take(member, assigned);
            assigned.forEach(partition -> positions.put(partition, group.position(partition)));
            listener().onPartitionsAssigned(assigned);
        }
    }

    private ConsumerRebalanceListener listener() {
        if (listener == null) {
            throw new IllegalStateException("A member of a group has a listener");
        }
        return listener;
    }

    private boolean fetchable() {
        return positions.entrySet().stream()
                .anyMatch(position -> !paused.contains(position.getKey())
                        && broker.log(position.getKey()).stableEnd() > position.getValue());
    }

    private ConsumerRecords<String, byte[]> fetch() {
        if (member != null && member.ended()) {
            return ConsumerRecords.empty();
        }
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> fetched = new LinkedHashMap<>();
        int room = 1 + broker.schedule().random().nextInt(maxRecords);
        for (TopicPartition partition : List.copyOf(positions.keySet())) {
            if (paused.contains(partition)) {
                continue;
            }
            PartitionLog log = broker.log(partition);
            while (room > 0) {
                ConsumerRecord<String, byte[]> record = log.next(position(partition));
                if (record == null) {
                    positions.put(partition, Math.max(position(partition), log.stableEnd()));
                    break;
                }
                broker.trace()
                        .add(process.name(), "reads " + partition + "@" + record.offset() + " " + Records.id(record));
                fetched.computeIfAbsent(partition, _ -> new ArrayList<>()).add(record);
                positions.put(partition, record.offset() + 1);
                room--;
            }
        }
        return new ConsumerRecords<>(fetched, Map.of());
    }

    @Override
    public Set<TopicPartition> assignment() {
        return new LinkedHashSet<>(positions.keySet());
    }

    @Override
    public long position(TopicPartition partition) {
        Long position = positions.get(partition);
        if (position == null) {
            throw new IllegalStateException(partition + " is not assigned");
        }
        return position;
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        position(partition);
        positions.put(partition, offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> seek(partition, 0));
    }

    @Override
    public Set<TopicPartition> paused() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(paused));
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        paused.addAll(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        List.copyOf(partitions).forEach(paused::remove);
    }

    @Override
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        GroupMember committing = member;
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
            commit(committing, offsets);
            return null;
        } catch (CommitFailedException refused) {
            return refused;
        }
    }

    private void commit(@Nullable GroupMember committing, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (group == null || committing == null) {
            throw new CommitFailedException();
        }
        group.commit(committing, offsets);
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration limit) {
        await(() -> false, ROUND_TRIP);
        if (!await(broker::available, limit)) {
            throw new TimeoutException("The broker is away");
        }
        commit(member, offsets);
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
        if (group != null && member != null && !member.ended()) {
            group.remove(member);
        }
        positions.clear();
    }

    private boolean await(java.util.function.BooleanSupplier condition, Duration limit) {
        try {
            return broker.schedule().await(condition, limit);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
