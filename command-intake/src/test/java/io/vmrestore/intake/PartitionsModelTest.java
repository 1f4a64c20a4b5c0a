package io.vmrestore.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.time.TimeSource;
import io.vmrestore.embedded.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Two members, a broker and handlers that finish in any order; the bookkeeping is compared with a list of flags. */
class PartitionsModelTest {
    private static final int SEEDS = 400;
    private static final int STEPS = 400;

    @Test
    void losesNoRecordAndCommitsNoneBeforeItIsDone() {
        Seeds.each(getClass(), SEEDS, seed -> {
            World world = new World(new Random(seed));
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
            world.drain();
        });
    }

    /** The reference's view of one record that was delivered in one assignment. */
    private static final class Delivery {
        final Member member;
        final TopicPartition partition;
        final long offset;
        final PartitionProgress assignment;
        boolean answered;

        Delivery(Member member, TopicPartition partition, long offset, PartitionProgress assignment) {
            this.member = member;
            this.partition = partition;
            this.offset = offset;
            this.assignment = assignment;
        }
    }

    private static final class Member {
        Partitions partitions = new Partitions(new Contact(TimeSource.system()));
        final Map<TopicPartition, Integer> positions = new HashMap<>();
        final List<Commit> pendingCommits = new ArrayList<>();
    }

    private static final class World {
        private static final int WINDOW = 6;

        private final Random random;
        private final Map<TopicPartition, List<Long>> log = new HashMap<>();
        private final Map<TopicPartition, Long> committed = new HashMap<>();
        private final Map<TopicPartition, Member> owners = new HashMap<>();
        private final List<Member> members = List.of(new Member(), new Member());
        private final List<Delivery> deliveries = new ArrayList<>();
        private final List<Delivery> running = new ArrayList<>();
        private final Map<TopicPartition, Set<Long>> done = new HashMap<>();

        World(Random random) {
            this.random = random;
            for (int number = 0; number < 3; number++) {
                TopicPartition partition = new TopicPartition("commands", number);
                List<Long> offsets = new ArrayList<>();
                long offset = random.nextInt(3);
                for (int record = 0; record < 20; record++) {
                    offsets.add(offset);
                    // Transaction markers and aborted records leave gaps.
                    offset += 1 + (random.nextInt(4) == 0 ? random.nextInt(3) : 0);
                }
                log.put(partition, offsets);
                committed.put(partition, 0L);
                done.put(partition, new HashSet<>());
                give(partition, members.get(random.nextInt(2)));
            }
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> deliver(pick(members));
                case 4, 5, 6 -> answer();
                case 7 -> beginCommit(pick(members));
                case 8 -> endCommit(pick(members), random.nextInt(4) > 0);
                case 9 -> move(pick(List.copyOf(log.keySet())), random.nextInt(3) > 0);
                case 10 -> {
                    if (random.nextInt(6) == 0) {
                        crash(pick(members));
                    }
                }
                default -> deliver(pick(members));
            }
            check();
        }

        /** From here on nothing fails: every record must be done and committed. */
        void drain() {
            for (int turn = 0; turn < 1000 && !everythingCommitted(); turn++) {
                members.forEach(this::deliver);
                answer();
                members.forEach(member -> {
                    beginCommit(member);
                    endCommit(member, true);
                });
                check();
            }
            log.forEach((partition, offsets) -> {
                assertThat(done.get(partition)).as("done of %s", partition).containsAll(offsets);
                assertThat(committed.get(partition))
                        .as("committed of %s", partition)
                        .isEqualTo(offsets.getLast() + 1);
            });
        }

        private boolean everythingCommitted() {
            return log.entrySet().stream()
                    .allMatch(entry ->
                            committed.get(entry.getKey()) == entry.getValue().getLast() + 1);
        }

        private void deliver(Member member) {
            if (member.partitions.inFlight() >= WINDOW || member.positions.isEmpty()) {
                return;
            }
            TopicPartition partition = pick(List.copyOf(member.positions.keySet()));
            int position = member.positions.get(partition);
            if (position == log.get(partition).size()) {
                return;
            }
            long offset = log.get(partition).get(position);
            member.positions.put(partition, position + 1);
            PartitionProgress assignment = member.partitions.delivered(partition, offset, deliveries.size());
            Delivery delivery = new Delivery(member, partition, offset, assignment);
            deliveries.add(delivery);
            running.add(delivery);
        }

        /** A handler returns, maybe long after its partition was taken away. */
        private void answer() {
            if (running.isEmpty()) {
                return;
            }
            Delivery delivery = running.remove(random.nextInt(running.size()));
            boolean late = !delivery.assignment.current();
            OptionalLong before = delivery.assignment.committable();
            delivery.assignment.answered(delivery.offset);
            delivery.answered = true;
            if (late) {
                assertThat(before).isEmpty();
                assertThat(delivery.assignment.committable()).as("late result").isEmpty();
            } else {
                done.get(delivery.partition).add(delivery.offset);
            }
        }

        private void beginCommit(Member member) {
            Commit commit = member.partitions.committable();
            if (member.pendingCommits.isEmpty() && !commit.isEmpty()) {
                member.pendingCommits.add(commit);
            }
        }

        private void endCommit(Member member, boolean success) {
            for (Commit commit : member.pendingCommits) {
                if (success) {
                    commit.positions().forEach((progress, position) -> {
                        // The broker refuses offsets of a member that no longer owns the partition.
                        if (progress.current()) {
                            store(progress.partition(), position);
                        }
                    });
                    commit.succeeded();
                }
            }
            member.pendingCommits.clear();
        }

        private void move(TopicPartition partition, boolean orderly) {
            Member owner = owners.get(partition);
            if (orderly) {
                Commit last = owner.partitions.committable(Set.of(partition));
                if (random.nextBoolean()) {
                    last.positions().forEach((progress, position) -> store(progress.partition(), position));
                    last.succeeded();
                }
            }
            owner.partitions.revoke(Set.of(partition));
            owner.positions.remove(partition);
            give(partition, pick(members));
        }

        private void crash(Member member) {
            running.removeIf(delivery -> delivery.member == member);
            deliveries.removeIf(delivery -> delivery.member == member);
            member.partitions = new Partitions(new Contact(TimeSource.system()));
            member.pendingCommits.clear();
            Set<TopicPartition> orphans = Set.copyOf(member.positions.keySet());
            member.positions.clear();
            orphans.forEach(partition -> give(partition, pick(members)));
        }

        private void give(TopicPartition partition, Member member) {
            owners.put(partition, member);
            member.partitions.assign(Set.of(partition));
            long from = committed.get(partition);
            List<Long> offsets = log.get(partition);
            int position =
                    (int) offsets.stream().filter(offset -> offset < from).count();
            member.positions.put(partition, position);
        }

        private void store(TopicPartition partition, long position) {
            assertThat(position)
                    .as("commits of %s never go back", partition)
                    .isGreaterThanOrEqualTo(committed.get(partition));
            assertThat(done.get(partition))
                    .as("everything before %s of %s is done", position, partition)
                    .containsAll(log.get(partition).stream()
                            .filter(offset -> offset < position)
                            .toList());
            committed.put(partition, position);
        }

        /** The bookkeeping says what a list of flags says. */
        private void check() {
            for (Member member : members) {
                int unanswered = 0;
                for (TopicPartition partition : member.positions.keySet()) {
                    List<Delivery> mine = deliveries.stream()
                            .filter(delivery -> delivery.member == member && delivery.partition.equals(partition))
                            .filter(delivery -> delivery.assignment.current())
                            .toList();
                    unanswered += (int)
                            mine.stream().filter(delivery -> !delivery.answered).count();
                    if (!mine.isEmpty()) {
                        PartitionProgress assignment = mine.getFirst().assignment;
                        long prefix = IntStream.range(0, mine.size())
                                .filter(index -> !mine.get(index).answered)
                                .mapToLong(index -> mine.get(index).offset)
                                .findFirst()
                                .orElse(mine.getLast().offset + 1);
                        assignment
                                .committable()
                                .ifPresent(position -> assertThat(position).isEqualTo(prefix));
                        if (assignment.committable().isEmpty() && prefix > mine.getFirst().offset) {
                            assertThat(committed.get(partition))
                                    .as("nothing to commit")
                                    .isGreaterThanOrEqualTo(prefix);
                        }
                    }
                }
                assertThat(member.partitions.inFlight()).isEqualTo(unanswered);
            }
        }

        private <T> T pick(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }
    }
}
