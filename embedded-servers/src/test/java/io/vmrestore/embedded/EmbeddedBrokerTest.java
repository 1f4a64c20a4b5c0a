package io.vmrestore.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.embedded.testing.ChildJvm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerTest {
    /** Makes the records large enough that a kill finds some of them on their way. */
    private static final String FILLING = " and filling".repeat(200);

    @TempDir
    Path directory;

    @Test
    void continuesItsLogAndItsGroupsAfterAClose() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerSettings.in(directory))) {
            createTopic(broker.bootstrapServers());
            send(broker.bootstrapServers(), "first");
            assertThat(KafkaRecords.read(broker.bootstrapServers(), "group", "events", 1))
                    .containsExactly("first");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerSettings.in(directory))) {
            send(broker.bootstrapServers(), "second");
            assertThat(KafkaRecords.read(broker.bootstrapServers(), "group", "events", 1))
                    .as("the group goes on where it committed")
                    .containsExactly("second");
            assertThat(KafkaRecords.read(broker.bootstrapServers(), "another group", "events", 2))
                    .containsExactly("first", "second");
        }
    }

    @Test
    void keepsEveryAcknowledgedRecordWhenItsProcessIsKilled() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        try (ChildJvm child = ChildJvm.start(BrokerProcess.class, directory.toString())) {
            String bootstrapServers = child.awaitLine(BrokerProcess.READY, Duration.ofSeconds(60));
            createTopic(bootstrapServers);
            try (KafkaProducer<String, String> producer =
                    KafkaRecords.producer(bootstrapServers, Map.of("linger.ms", 0))) {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (int i = 0; i < 3_000; i++) {
                    sent.add(producer.send(new ProducerRecord<>("events", "key", "value " + i + FILLING)));
                    if (i == 1_000) {
                        sent.getLast().get();
                    }
                }
                child.kill();
                // What has no answer now will have none.
                producer.close(Duration.ZERO);
                for (int i = 0; i < sent.size(); i++) {
                    if (sent.get(i).state() == Future.State.SUCCESS) {
                        acknowledged.add("value " + i + FILLING);
                    }
                }
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(1_000);
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerSettings.in(directory))) {
            assertThat(KafkaRecords.read(broker.bootstrapServers(), "group", "events", acknowledged.size()))
                    .containsAll(acknowledged);
        }
    }

    @Test
    void abortsTheTransactionOfAProducerThatIsGone() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerSettings.in(directory))) {
            createTopic(broker.bootstrapServers());
            KafkaProducer<String, String> gone = KafkaRecords.producer(
                    broker.bootstrapServers(), Map.of("transactional.id", "gone", "transaction.timeout.ms", 1_000));
            gone.initTransactions();
            gone.beginTransaction();
            gone.send(new ProducerRecord<>("events", "key", "never committed")).get();
            gone.close(Duration.ZERO);
            try (KafkaProducer<String, String> producer =
                    KafkaRecords.producer(broker.bootstrapServers(), Map.of("transactional.id", "here"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("events", "key", "committed"));
                producer.commitTransaction();
            }
            assertThat(KafkaRecords.read(broker.bootstrapServers(), "group", "events", 1))
                    .containsExactly("committed");
        }
    }

    @Test
    void createsNoTopicByItselfAndListensOnLoopbackOnly() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerSettings.in(directory));
                KafkaProducer<String, String> producer =
                        KafkaRecords.producer(broker.bootstrapServers(), Map.of("max.block.ms", 500))) {
            assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("unknown", "value"))
                            .get())
                    .hasCauseInstanceOf(TimeoutException.class)
                    .hasMessageContaining("Topic unknown not present in metadata");
        }
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            EmbeddedBrokerSettings settings =
                    EmbeddedBrokerSettings.in(directory).withPort(taken.getLocalPort());
            assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageStartingWith("The Kafka broker cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageEndingWith(
                            "End the process that uses the port, or set another port; 0 chooses a free one.");
        }
    }

    @Test
    void namesTheDirectoryThatAnotherBrokerUses() {
        try (EmbeddedBroker first = EmbeddedBroker.start(EmbeddedBrokerSettings.in(directory))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(EmbeddedBrokerSettings.in(directory)))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessage("The Kafka broker cannot start: another process is using its directory " + directory
                            + ". End it, or set another directory.");
            assertThat(topics(first)).isEmpty();
        }
    }

    private static Set<String> topics(EmbeddedBroker broker) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics()
                    .names()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    private static void createTopic(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic("events", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void send(String bootstrapServers, String value) throws Exception {
        try (KafkaProducer<String, String> producer = KafkaRecords.producer(bootstrapServers, Map.of())) {
            producer.send(new ProducerRecord<>("events", "key", value)).get();
        }
    }
}
