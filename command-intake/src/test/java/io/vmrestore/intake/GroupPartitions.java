package io.vmrestore.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The broker's partitions: who has each, what is delivered, published and committed; the world's lock guards them. */
final class GroupPartitions {
    private final Random random;
    private final List<Partition> partitions = new ArrayList<>();

    /** Who has a partition, as the broker sees it; fenced: another one, but the member does not know yet. */
    enum Owner {
        MEMBER,
        FENCED,
        OTHER
    }

    static final class Partition {
        final TopicPartition name;
        final Set<Long> published = new HashSet<>();
        Owner owner = Owner.OTHER;
        long end;
        long committed;
        long position;
        /** Counts changes of owner; a commit of an earlier epoch is refused. */
        int epoch;

        private Partition(int number) {
            name = new TopicPartition(GroupWorld.TOPIC, number);
        }

        void pass(Owner next) {
            owner = next;
            epoch++;
        }
    }

    GroupPartitions(Random random) {
        this.random = random;
        for (int number = 0; number < 1 + random.nextInt(3); number++) {
            partitions.add(new Partition(number));
        }
    }

    Partition get(int number) {
        return partitions.get(number);
    }

    Partition any() {
        return partitions.get(random.nextInt(partitions.size()));
    }

    boolean allCommitted() {
        return partitions.stream().allMatch(partition -> partition.committed == partition.end);
    }

    void checkNothingIsLost() {
        for (Partition partition : partitions) {
            assertThat(partition.committed)
                    .as("committed of %s", partition.name)
                    .isEqualTo(partition.end);
            assertThat(partition.published)
                    .as("published of %s", partition.name)
                    .hasSize((int) partition.end);
        }
    }

    /** Gives the member every partition, after it has heard of those that it lost. */
    void giveAll(MemberConsumer polling) {
        for (Partition partition : partitions) {
            tell(polling, partition);
            give(polling, partition);
        }
    }

    void give(MemberConsumer polling, Partition partition) {
        if (partition.owner == Owner.OTHER) {
            partition.pass(Owner.MEMBER);
            partition.position = partition.committed;
            polling.assignment.add(partition.name);
            polling.listener.onPartitionsAssigned(List.of(partition.name));
        }
    }

    void take(MemberConsumer polling, Partition partition) {
        if (partition.owner == Owner.MEMBER) {
            polling.listener.onPartitionsRevoked(List.of(partition.name));
            gone(polling, partition);
        }
    }

    void tell(MemberConsumer polling, Partition partition) {
        if (partition.owner == Owner.FENCED) {
            polling.listener.onPartitionsLost(List.of(partition.name));
            gone(polling, partition);
        }
    }

    private static void gone(MemberConsumer polling, Partition partition) {
        partition.pass(Owner.OTHER);
        polling.assignment.remove(partition.name);
        polling.paused.remove(partition.name);
    }

    /** Another member does some of the records and commits them. */
    void othersWork(Partition partition) {
        if (partition.owner != Owner.MEMBER) {
            long until = Math.min(partition.end, partition.committed + random.nextInt(3));
            for (long offset = partition.committed; offset < until; offset++) {
                partition.published.add(offset);
            }
            partition.committed = until;
        }
    }

    /** No more than one poll may bring; the poller pauses what it has no room for. */
    Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> deliver(MemberConsumer polling) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
        int room = Math.clamp(GroupWorld.WINDOW / 10, 1, 500);
        for (Partition partition : partitions) {
            boolean fetched = partition.owner != Owner.OTHER && !polling.paused.contains(partition.name);
            while (fetched && room > 0 && partition.position < partition.end) {
                records.computeIfAbsent(partition.name, _ -> new ArrayList<>())
                        .add(new ConsumerRecord<>(
                                GroupWorld.TOPIC,
                                partition.name.partition(),
                                partition.position++,
                                "key",
                                new byte[0]));
                room--;
            }
        }
        return records;
    }

    void lose() {
        partitions.forEach(partition -> partition.pass(Owner.OTHER));
    }

    Map<TopicPartition, Integer> epochs(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, Integer> epochs = new HashMap<>();
        offsets.keySet().forEach(name -> epochs.put(name, partitions.get(name.partition()).epoch));
        return epochs;
    }

    boolean ours(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.keySet().stream().allMatch(name -> partitions.get(name.partition()).owner == Owner.MEMBER);
    }

    void store(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((name, metadata) -> {
            Partition partition = partitions.get(name.partition());
            for (long offset = 0; offset < metadata.offset(); offset++) {
                assertThat(partition.published)
                        .as("%s is acknowledged up to %s", name, metadata.offset())
                        .contains(offset);
            }
            assertThat(metadata.offset())
                    .as("commits of %s never go back", name)
                    .isGreaterThanOrEqualTo(partition.committed);
            partition.committed = metadata.offset();
        });
    }
}
