package io.vmrestore.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.intake.GroupPartitions.Owner;
import io.vmrestore.intake.GroupPartitions.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A broker, a group with one member under test and others that take partitions away and give them back, and handlers
 * that finish in any order, fail, or wait. All that the poller sees happens inside its calls; one seed decides it, but
 * for the moments at which handlers run.
 */
final class GroupWorld implements MemberConsumer.Behaviour, Handler {
    static final String TOPIC = "commands";
    static final int WINDOW = 20;

    private static final int EVENTFUL_POLLS = 150;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long A_MOMENT = 100_000;

    final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();
    private final Random random;
    private final long seed;
    private final long began = System.nanoTime();
    private final GroupPartitions partitions;
    private final List<CountDownLatch> held = new ArrayList<>();
    private final Map<String, Integer> tries = new HashMap<>();
    private @Nullable MemberConsumer member;
    private @Nullable PendingCommit pending;
    private @Nullable AssertionError violation;
    private boolean killed;
    private int polls;

    private record PendingCommit(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            Map<TopicPartition, Integer> epochs,
            OffsetCommitCallback callback) {}

    /** The process is gone: nothing of it publishes or commits any more. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    GroupWorld(long seed) {
        this.seed = seed;
        random = new Random(seed);
        partitions = new GroupPartitions(random);
    }

    synchronized MemberConsumer join() {
        member = new MemberConsumer(this);
        pending = null;
        killed = false;
        return member;
    }

    boolean over() {
        return closing.isDone();
    }

    synchronized void checkNothingIsLost() {
        partitions.checkNothingIsLost();
    }

    // What handlers do

    @Override
    public void handle(ConsumerRecord<String, byte[]> record, Assignment assignment) throws Exception {
        begin(record).await();
        if (fate(record, 7) == 0) {
            throw new IllegalStateException("on purpose");
        }
        publish(record, assignment);
    }

    private synchronized CountDownLatch begin(ConsumerRecord<String, byte[]> record) {
        tries.merge(place(record), 1, Integer::sum);
        if (draining() || fate(record, 3) > 0) {
            return new CountDownLatch(0);
        }
        CountDownLatch turn = new CountDownLatch(1);
        held.add(turn);
        return turn;
    }

    private synchronized void publish(ConsumerRecord<String, byte[]> record, Assignment assignment) {
        assignment.requireCurrent();
        if (killed) {
            // Here a killed process has threads for a moment longer, until its poller has thrown.
            throw new Killed();
        }
        Partition partition = partitions.get(record.partition());
        if (partition.owner == Owner.OTHER) {
            violation = new AssertionError("The late result of " + place(record) + " was not dropped");
        }
        partition.published.add(record.offset());
    }

    /** The same for the same try of the same record, whenever it happens. */
    private synchronized int fate(ConsumerRecord<String, byte[]> record, int kinds) {
        return draining() && kinds == 7
                ? 1
                : Math.floorMod((place(record) + tries.get(place(record)) + seed).hashCode() * 31, kinds);
    }

    private static String place(ConsumerRecord<String, byte[]> record) {
        return record.partition() + "@" + record.offset();
    }

    // What the poller sees

    @Override
    public Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> poll(MemberConsumer polling) {
        // Handlers need a moment in which nothing else happens.
        LockSupport.parkNanos(A_MOMENT);
        synchronized (this) {
            if (violation != null) {
                throw violation;
            }
            if (System.nanoTime() - began > LIMIT.toNanos()) {
                throw new AssertionError("Not done after " + LIMIT + ", " + held.size() + " are held");
            }
            polls++;
            if (draining()) {
                settle(polling);
            } else {
                for (int action = random.nextInt(4); action > 0; action--) {
                    act(polling);
                }
            }
            return partitions.deliver(polling);
        }
    }

    private boolean draining() {
        return polls > EVENTFUL_POLLS;
    }

    private void act(MemberConsumer polling) {
        Partition partition = partitions.any();
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> partition.end += random.nextInt(4);
            case 3, 4 -> release();
            case 5, 6 -> endCommit(random.nextInt(4) > 0);
            case 7 -> partitions.give(polling, partition);
            case 8 -> {
                if (random.nextInt(3) == 0) {
                    partitions.take(polling, partition);
                }
            }
            case 9 -> {
                if (partition.owner == Owner.MEMBER && random.nextInt(4) == 0) {
                    partition.pass(Owner.FENCED);
                } else {
                    partitions.tell(polling, partition);
                }
            }
            case 10 -> partitions.othersWork(partition);
            default -> accident();
        }
    }

    private void accident() {
        switch (random.nextInt(40)) {
            case 0 -> throw new KafkaException("on purpose");
            case 1 -> {
                killed = true;
                partitions.lose();
                throw new Killed();
            }
            default -> {}
        }
    }

    /** From here on nothing goes wrong; when everything is done, the intake closes. */
    private void settle(MemberConsumer polling) {
        held.forEach(CountDownLatch::countDown);
        held.clear();
        endCommit(true);
        partitions.giveAll(polling);
        if (partitions.allCommitted()) {
            closing.complete(null);
        }
    }

    private void release() {
        if (!held.isEmpty()) {
            held.remove(random.nextInt(held.size())).countDown();
        }
    }

    @Override
    public synchronized void commitAsync(
            MemberConsumer committing, Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        assertThat(pending).as("one commit at a time").isNull();
        pending = new PendingCommit(offsets, partitions.epochs(offsets), callback);
    }

    private void endCommit(boolean answered) {
        PendingCommit commit = pending;
        if (commit == null) {
            return;
        }
        pending = null;
        boolean taken =
                commit.epochs().equals(partitions.epochs(commit.offsets())) && partitions.ours(commit.offsets());
        if (taken && (answered || random.nextBoolean())) {
            partitions.store(commit.offsets());
        }
        // The broker may have taken it although its answer is lost.
        commit.callback()
                .onComplete(
                        commit.offsets(), taken && answered ? null : new RetriableCommitFailedException("on purpose"));
    }

    @Override
    public synchronized void commitSync(MemberConsumer committing, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!partitions.ours(offsets) || (!draining() && random.nextInt(3) == 0)) {
            throw new CommitFailedException("on purpose");
        }
        partitions.store(offsets);
    }

    @Override
    public synchronized void left(MemberConsumer leaving) {
        partitions.lose();
    }
}
