package io.vmrestore.verification.simulation;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Keeps a consumer a member of its group: it joins, gets partitions and gives them away, commits and leaves. */
final class Subscription {
    private final Broker broker;
    private final SimulatedProcess process;
    private final @Nullable ConsumerGroup group;
    private final ReadPositions positions;
    private Set<String> topics = Set.of();
    private @Nullable ConsumerRebalanceListener listener;
    private @Nullable GroupMember member;

    Subscription(Broker broker, SimulatedProcess process, @Nullable ConsumerGroup group, ReadPositions positions) {
        this.broker = broker;
        this.process = process;
        this.group = group;
        this.positions = positions;
    }

    void begin(Collection<String> wanted, ConsumerRebalanceListener given) {
        topics = new LinkedHashSet<>(wanted);
        listener = given;
    }

    /** The membership that the last poll had. */
    @Nullable
    GroupMember member() {
        return member;
    }

    /** Whether the group has expelled the consumer, and it does not know yet. */
    boolean ended() {
        return member != null && member.ended();
    }

    boolean rebalances() {
        if (group == null || topics.isEmpty()) {
            return false;
        }
        return member == null
                || member.ended()
                || !group.toRevoke(member).isEmpty()
                || !group.toAssign(member).isEmpty();
    }

    void rebalance() {
        if (!rebalances()) {
            return;
        }
        if (member != null && member.ended()) {
            List<TopicPartition> lost = List.copyOf(positions.partitions());
            broker.trace().add(process.name(), "has lost " + lost);
            positions.clear();
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
            positions.remove(revoked);
            group.release(revoked);
        }
        List<TopicPartition> assigned = group.has(member) ? group.toAssign(member) : List.of();
        if (!assigned.isEmpty()) {
            broker.trace().add(process.name(), "gets " + assigned);
            group.take(member, assigned);
            assigned.forEach(partition -> positions.add(partition, group.position(partition)));
            listener().onPartitionsAssigned(assigned);
        }
    }

    private ConsumerRebalanceListener listener() {
        if (listener == null) {
            throw new IllegalStateException("A member of a group has a listener");
        }
        return listener;
    }

    void commit(@Nullable GroupMember committing, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (group == null || committing == null) {
            throw new CommitFailedException();
        }
        group.commit(committing, offsets);
    }

    void end() {
        if (group != null && member != null && !member.ended()) {
            group.remove(member);
        }
    }
}
