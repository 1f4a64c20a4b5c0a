package io.vmrestore.verification.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Shares partitions among members. As with KIP-848 a partition moves only when its former owner has let go of it, or
 * has been silent for longer than the session timeout.
 */
final class ConsumerGroup {
    private final Broker broker;
    private final String name;
    private final Duration sessionTimeout;
    private final List<GroupMember> members = new ArrayList<>();
    private final Map<TopicPartition, GroupMember> targets = new LinkedHashMap<>();
    private final Map<TopicPartition, GroupMember> owners = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    ConsumerGroup(Broker broker, String name, Duration sessionTimeout) {
        this.broker = broker;
        this.name = name;
        this.sessionTimeout = sessionTimeout;
    }

    String name() {
        return name;
    }

    GroupMember join(SimulatedProcess process, Set<String> topics) {
        GroupMember member = new GroupMember(this, process, topics);
        members.add(member);
        process.onDeath(() -> expireLater(member));
        process.onFreeze(() -> expireLater(member));
        assign();
        return member;
    }

    private void expireLater(GroupMember member) {
        broker.schedule().after(sessionTimeout, () -> {
            if (members.contains(member) && member.silentSince(broker.schedule().nanos() - sessionTimeout.toNanos())) {
                broker.trace().add("broker", "expels " + member + " from group " + name);
                remove(member);
            }
        });
    }

    /** Ends a membership; its partitions are free at once. */
    void remove(GroupMember member) {
        broker.changed();
        member.end();
        if (members.remove(member)) {
            owners.values().removeIf(owner -> owner == member);
            assign();
        }
    }

    private void assign() {
        broker.changed();
        targets.clear();
        if (members.isEmpty()) {
            return;
        }
        Set<String> topics = new HashSet<>();
        members.forEach(member -> topics.addAll(member.topics()));
        int next = 0;
        for (TopicPartition partition : broker.of(topics)) {
            targets.put(partition, members.get(next++ % members.size()));
        }
    }

    /** What a member has and others shall get. */
    List<TopicPartition> toRevoke(GroupMember member) {
        return owned(member).stream()
                .filter(partition -> targets.get(partition) != member)
                .toList();
    }

    /** What a member shall get and nobody has. */
    List<TopicPartition> toAssign(GroupMember member) {
        return targets.entrySet().stream()
                .filter(target -> target.getValue() == member && !owners.containsKey(target.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    List<TopicPartition> owned(GroupMember member) {
        return targets.keySet().stream()
                .filter(partition -> owners.get(partition) == member)
                .toList();
    }

    void release(Collection<TopicPartition> partitions) {
        broker.changed();
        partitions.forEach(owners::remove);
    }

    void take(GroupMember member, Collection<TopicPartition> partitions) {
        broker.changed();
        partitions.forEach(partition -> owners.put(partition, member));
    }

    /** Moves everything around, as when a member comes or goes. */
    void shuffle() {
        if (members.size() > 1) {
            members.add(members.removeFirst());
            assign();
        }
    }

    boolean has(GroupMember member) {
        return members.contains(member);
    }

    long position(TopicPartition partition) {
        return committed.getOrDefault(partition, 0L);
    }

    /** @throws CommitFailedException if the partitions are not the member's any more */
    void commit(GroupMember member, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!members.contains(member)
                || !offsets.keySet().stream().allMatch(partition -> owners.get(partition) == member)) {
            throw new CommitFailedException();
        }
        // The order is the partitions', because that of the given map may be by chance.
        targets.keySet().stream().filter(offsets::containsKey).forEach(partition -> {
            long offset = offsets.get(partition).offset();
            broker.acknowledgements().committed(broker.log(partition), position(partition), offset);
            committed.put(partition, offset);
            broker.trace().add(member.toString(), "commits " + name + " " + partition + "@" + offset);
        });
    }
}
