package io.vmrestore.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.embedded.testing.TestTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole intake against a real broker. */
class IntakeTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String group = TestTopics.uniqueName("intake");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Intake> intakes = new ArrayList<>();
    private TestTopics topics;
    private String topic;

    @BeforeEach
    void createTopic() {
        topics = TestTopics.open();
        topic = topics.create(TestTopics.uniqueName("intake"), 3);
    }

    @AfterEach
    void closeAll() {
        intakes.forEach(Intake::close);
        topics.close();
    }

    @Test
    void aSlowRecordDelaysNoOther() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        Set<String> done = ConcurrentHashMap.newKeySet();
        Intake intake = start("one", 50, (record, _) -> {
            if (record.key().equals("0")) {
                slow.await();
            }
            done.add(record.key());
        });
        publish(200);
        await().atMost(LIMIT).until(() -> done.size() == 199);
        await().atMost(LIMIT).until(() -> intake.inFlight() == 1);
        assertThat(intake.oldestUnanswered()).isPositive();
        assertThat(intake.healthy()).isTrue();
        assertThat(committed()).isLessThan(200);
        slow.countDown();
        await().atMost(LIMIT).until(() -> committed() == 200);
        await().atMost(LIMIT).until(() -> intake.inFlight() == 0);
        assertThat(intake.oldestUnanswered()).isZero();
        assertThat(meters.get("restore.intake.records")
                        .tag("intake", "one")
                        .counter()
                        .count())
                .isEqualTo(200);
    }

    @Test
    void theWindowBoundsWhatIsAtWork() throws Exception {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        publish(300);
        Intake intake = start("one", 20, (_, _) -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            go.await();
            atWork.decrementAndGet();
            done.incrementAndGet();
        });
        await().atMost(LIMIT).until(() -> intake.paused() && atWork.get() > 18);
        assertThat(meters.get("restore.intake.paused").gauge().value()).isEqualTo(1);
        go.countDown();
        await().atMost(LIMIT).until(() -> done.get() == 300);
        assertThat(most.get()).isBetween(19, 20);
        await().atMost(LIMIT).until(() -> !intake.paused() && committed() == 300);
    }

    @Test
    void aFailingRecordIsTriedAgainAndHoldsOnlyTheCommit() throws Exception {
        Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
        start("one", 50, (record, _) -> {
            int attempt = attempts.computeIfAbsent(record.key(), _ -> new AtomicInteger())
                    .incrementAndGet();
            if (record.key().equals("7") && attempt == 1) {
                throw new IllegalStateException("the broker is away");
            }
            if (record.key().equals("7") && attempt == 2) {
                throw new StackOverflowError("errors are retried too");
            }
        });
        publish(20);
        await().atMost(LIMIT).until(() -> committed() == 20);
        assertThat(attempts).hasSize(20);
        attempts.forEach((key, count) -> assertThat(count.get()).isEqualTo(key.equals("7") ? 3 : 1));
        assertThat(meters.get("restore.intake.retries").counter().count()).isEqualTo(2);
    }

    @Test
    void workOfAPartitionThatGoesToAnotherMemberIsStoppedAndDoneThere() throws Exception {
        Queue<Assignment> interrupted = new ConcurrentLinkedQueue<>();
        AtomicInteger waiting = new AtomicInteger();
        publish(60);
        Intake first = start("first", 100, Duration.ofMillis(100), (_, assignment) -> {
            waiting.incrementAndGet();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
                interrupted.add(assignment);
                throw stop;
            }
        });
        await().atMost(LIMIT).until(() -> waiting.get() == 60);
        Set<String> done = ConcurrentHashMap.newKeySet();
        start("second", 100, (record, _) -> done.add(record.key()));
        await().atMost(LIMIT).until(() -> !done.isEmpty() && done.size() == interrupted.size());
        await().atMost(LIMIT).until(() -> first.inFlight() == 60 - done.size());
        assertThat(interrupted).allSatisfy(assignment -> {
            assertThat(assignment.current()).isFalse();
            assertThatThrownBy(assignment::requireCurrent).isInstanceOf(RevokedException.class);
        });
        first.close();
        await().atMost(LIMIT).until(() -> done.size() == 60 && committed() == 60);
        assertThat(interrupted).hasSize(60);
    }

    @Test
    void closingWaitsForWorkAndCommitsIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(3);
        CountDownLatch go = new CountDownLatch(1);
        publish(3);
        Intake intake = start("one", 10, (_, assignment) -> {
            begun.countDown();
            go.await();
            assignment.requireCurrent();
        });
        begun.await();
        Thread closer = Thread.ofVirtual().start(intake::close);
        assertThat(closer.join(Duration.ofMillis(300)))
                .as("closed before the work was done")
                .isFalse();
        go.countDown();
        assertThat(closer.join(LIMIT)).isTrue();
        assertThat(committed()).isEqualTo(3);
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void closingStopsWhatDoesNotEndAndLeavesItToTheNext() throws Exception {
        CountDownLatch begun = new CountDownLatch(6);
        AtomicInteger stopped = new AtomicInteger();
        publish(6);
        Intake intake = start("one", 10, Duration.ofMillis(200), (record, _) -> {
            begun.countDown();
            if (record.key().equals("5")) {
                throw new IllegalStateException("fails for ever");
            }
            if (record.key().equals("4")) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException stop) {
                    stopped.incrementAndGet();
                    throw stop;
                }
            }
        });
        begun.await();
        intake.close();
        assertThat(stopped.get()).isEqualTo(1);
        assertThat(intake.healthy()).isFalse();
        Set<String> done = ConcurrentHashMap.newKeySet();
        start("two", 10, (record, _) -> done.add(record.key()));
        await().atMost(LIMIT).until(() -> done.containsAll(Set.of("4", "5")) && committed() == 6);
    }

    @Test
    void nothingIsLostWhileMembersComeAndGo() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int records = 3000;
        Set<String> done = ConcurrentHashMap.newKeySet();
        Set<String> failed = ConcurrentHashMap.newKeySet();
        Handler handler = (record, assignment) -> {
            int fate = Math.floorMod(record.key().hashCode() * 31 + (int) seed, 100);
            Thread.sleep(fate);
            if (fate == 3 && failed.add(record.key())) {
                throw new IllegalStateException("on purpose");
            }
            assignment.requireCurrent();
            done.add(record.key());
        };
        List<Intake> alive = new ArrayList<>();
        alive.add(start("0", 200, Duration.ofMillis(50), handler));
        publish(records);
        for (int change = 1; change <= 6; change++) {
            int enough = records * change / 8;
            await().atMost(LIMIT).until(() -> done.size() >= enough);
            if (alive.size() < 3 && (alive.size() == 1 || random.nextBoolean())) {
                alive.add(start("" + change, 200, Duration.ofMillis(50), handler));
            } else {
                alive.remove(random.nextInt(alive.size())).close();
            }
        }
        await("with seed " + seed).atMost(LIMIT).until(() -> done.size() == records && committed() == records);
    }

    @Test
    void aBrokerThatIsAwayIsNoErrorAtTheStart() {
        IntakeSettings settings = new IntakeSettings(
                "one",
                List.of(topic),
                Map.of("bootstrap.servers", "localhost:1", "group.id", group),
                10,
                Duration.ofSeconds(1));
        Intake intake = Intake.start(settings, (_, _) -> {}, meters, TimeSource.system(), Chance.system());
        intakes.add(intake);
        assertThat(intake.inFlight()).isZero();
    }

    private Intake start(String name, int window, Handler handler) {
        return start(name, window, Duration.ofSeconds(20), handler);
    }

    private Intake start(String name, int window, Duration closeTimeout, Handler handler) {
        Map<String, Object> consumer =
                Map.of("bootstrap.servers", TestInfrastructure.kafkaBootstrapServers(), "group.id", group);
        Intake intake = Intake.start(
                new IntakeSettings(name, List.of(topic), consumer, window, closeTimeout),
                handler,
                meters,
                TimeSource.system(),
                Chance.system());
        intakes.add(intake);
        return intake;
    }

    private void publish(int records) throws Exception {
        // One request at a time: on a partition created a moment ago the broker may refuse a producer's first batch and
        // take its second, and then the first is out of sequence for ever.
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                TestInfrastructure.kafkaBootstrapServers(),
                "linger.ms",
                5,
                "max.in.flight.requests.per.connection",
                1);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            IntStream.range(0, records)
                    .mapToObj(number -> new ProducerRecord<>(topic, Integer.toString(number), new byte[] {1}))
                    .map(producer::send)
                    .toList()
                    .getLast()
                    .get();
            producer.flush();
        }
    }

    private long committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.kafkaBootstrapServers()))) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }
}
