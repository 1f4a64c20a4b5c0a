package io.vmrestore.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.retry.Backoff;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults that a real broker does not show at will. */
class IntakeFaultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final TopicPartition PARTITION = new TopicPartition("commands", 0);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<Supplier<Consumer<String, byte[]>>> consumers = new ConcurrentLinkedQueue<>();
    private final Set<Long> done = ConcurrentHashMap.newKeySet();
    private Intake intake;

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void aConsumerThatFailsIsReplacedAndItsWorkStopped() {
        FaultyConsumer first = new FaultyConsumer();
        first.setPollException(new KafkaException("on purpose"));
        first.deliver(3);
        FaultyConsumer second = new FaultyConsumer();
        second.deliver(3);
        consumers.add(() -> first);
        consumers.add(() -> second);
        start((record, _) -> done.add(record.offset()));
        await().atMost(LIMIT).until(() -> done.size() == 3 && second.position() == 3);
        assertThat(first.closed()).isTrue();
        assertThat(meters.get("restore.intake.restarts").counter().count()).isEqualTo(1);
        assertThat(intake.healthy()).isTrue();
    }

    @Test
    void aConsumerThatCannotEvenBeMadeIsTriedAgain() {
        FaultyConsumer working = new FaultyConsumer();
        working.deliver(1);
        for (int failure = 0; failure < 3; failure++) {
            consumers.add(() -> {
                throw new NoClassDefFoundError("on purpose");
            });
        }
        consumers.add(() -> working);
        start((record, _) -> done.add(record.offset()));
        await().atMost(LIMIT).until(() -> done.size() == 1);
        assertThat(meters.get("restore.intake.restarts").counter().count()).isEqualTo(3);
    }

    @Test
    void aCommitThatFailsIsTriedAgain() {
        FaultyConsumer consumer = new FaultyConsumer();
        consumer.failingCommits.set(3);
        consumer.deliver(5);
        consumers.add(() -> consumer);
        start((record, _) -> done.add(record.offset()));
        await().atMost(LIMIT).until(() -> consumer.position() == 5);
        assertThat(consumer.failingCommits.get()).isLessThan(0);
    }

    @Test
    void aLostPartitionIsNotCommittedAndItsWorkIsStopped() {
        CountDownLatch stopped = new CountDownLatch(1);
        FaultyConsumer consumer = new FaultyConsumer();
        consumer.deliver(2);
        consumer.failingCommits.set(Integer.MAX_VALUE);
        consumers.add(() -> consumer);
        start((record, assignment) -> {
            if (record.offset() == 0) {
                done.add(record.offset());
                return;
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
                assertThat(assignment.current()).isFalse();
                stopped.countDown();
                throw stop;
            }
        });
        await().atMost(LIMIT).until(() -> done.size() == 1 && intake.inFlight() == 1);
        consumer.lose();
        await().atMost(LIMIT).until(() -> stopped.getCount() == 0 && intake.inFlight() == 0);
        intake.close();
        assertThat(consumer.position()).isZero();
    }

    @Test
    void aHandlerThatDoesNotStopDoesNotHoldUpTheClosing() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        FaultyConsumer consumer = new FaultyConsumer();
        consumer.deliver(1);
        consumers.add(() -> consumer);
        start((_, _) -> {
            begun.countDown();
            boolean ended = false;
            while (!ended) {
                try {
                    end.await();
                    ended = true;
                } catch (InterruptedException deaf) {
                    // Goes on.
                }
            }
        });
        await().atMost(LIMIT).until(() -> begun.getCount() == 0);
        intake.close();
        assertThat(consumer.closed()).isTrue();
        assertThat(consumer.position()).isZero();
        end.countDown();
    }

    @Test
    void whoMustBeSureWaitsUntilTheGroupHasCountedTheMemberIn() {
        FaultyConsumer consumer = new FaultyConsumer();
        consumer.failingCommits.set(3);
        consumer.deliver(1);
        consumers.add(() -> consumer);
        start((record, assignment) -> {
            assignment.requireConfirmed();
            assertThat(consumer.failingCommits.get()).isNegative();
            done.add(record.offset());
        });
        await().atMost(LIMIT).until(() -> consumer.position() == 1);
        assertThat(done).containsExactly(0L);
        assertThat(meters.get("restore.intake.retries").counter().count()).isZero();
    }

    @Test
    void whoMustBeSureIsStoppedWhenTheMemberTurnsOutToBeOutOfTheGroup() {
        FaultyConsumer consumer = new FaultyConsumer();
        consumer.failingCommits.set(Integer.MAX_VALUE);
        consumer.deliver(1);
        consumers.add(() -> consumer);
        AtomicReference<Exception> end = new AtomicReference<>();
        CountDownLatch asking = new CountDownLatch(1);
        start((_, assignment) -> {
            asking.countDown();
            try {
                assignment.requireConfirmed();
            } catch (RevokedException | InterruptedException taken) {
                end.set(taken);
                throw taken;
            }
            done.add(0L);
        });
        await().atMost(LIMIT).until(() -> asking.getCount() == 0);
        consumer.lose();
        await().atMost(LIMIT).until(() -> end.get() != null);
        assertThat(done).isEmpty();
    }

    private void start(Handler handler) {
        IntakeSettings settings = new IntakeSettings(
                "faults",
                List.of("commands"),
                Map.of("bootstrap.servers", "none", "group.id", "none"),
                100,
                Duration.ofMillis(100));
        Backoff backoff = Backoff.scattered(Duration.ofMillis(10), Duration.ofMillis(50));
        intake = new Intake(
                        settings,
                        handler,
                        meters,
                        () -> consumers.remove().get(),
                        backoff,
                        TimeSource.system(),
                        Chance.system())
                .started();
    }

    /** Assigns its partition at the first poll and fails as many commits as it is told. */
    private static final class FaultyConsumer extends MockConsumer<String, byte[]> {
        final AtomicInteger failingCommits = new AtomicInteger();
        private ConsumerRebalanceListener listener;
        private volatile long position;

        FaultyConsumer() {
            super("earliest");
            updateBeginningOffsets(Map.of(PARTITION, 0L));
            updateEndOffsets(Map.of(PARTITION, 0L));
            schedulePollTask(() -> rebalance(List.of(PARTITION)));
        }

        void deliver(int records) {
            schedulePollTask(() -> {
                for (int offset = 0; offset < records; offset++) {
                    addRecord(new ConsumerRecord<>("commands", 0, offset, "key", new byte[0]));
                }
            });
        }

        void lose() {
            schedulePollTask(() -> {
                listener.onPartitionsLost(List.of(PARTITION));
                failingCommits.set(0);
            });
        }

        long position() {
            return position;
        }

        @Override
        public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener rebalanceListener) {
            listener = rebalanceListener;
            super.subscribe(topics, rebalanceListener);
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (failingCommits.getAndDecrement() > 0) {
                callback.onComplete(offsets, new RetriableCommitFailedException("on purpose"));
            } else {
                super.commitAsync(offsets, callback);
                position = offsets.get(PARTITION).offset();
            }
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration limit) {
            super.commitSync(offsets, limit);
            position = offsets.get(PARTITION).offset();
        }
    }
}
