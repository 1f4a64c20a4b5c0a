package io.vmrestore.executor.userdata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.codec.SecretCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.SecretAddress;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.contract.Topics.Topic;
import io.vmrestore.common.seal.SealedText;
import io.vmrestore.common.seal.SealedText.Ciphertext;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.embedded.EmbeddedBroker;
import io.vmrestore.embedded.EmbeddedBrokerSettings;
import io.vmrestore.executor.publish.CommittedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets on a real broker whose log cleaner works within seconds instead of a day. */
class SecretLogTest {
    private static final Duration GONE = Duration.ofMillis(200);

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaProducer<String, byte[]> producer;
    private static SecretLog secrets;

    private final UUID job = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(new EmbeddedBrokerSettings(
                directory,
                "127.0.0.1",
                0,
                Map.of("log.cleaner.backoff.ms", "100", "log.initial.task.delay.ms", "100")));
        Topic topic = Topics.all(1).stream()
                .filter(each -> each.name().equals(Topics.SECRETS))
                .findFirst()
                .orElseThrow();
        Map<String, String> settings = new HashMap<>(topic.settings());
        settings.replace("max.compaction.lag.ms", Long.toString(GONE.toMillis()));
        settings.replace("delete.retention.ms", Long.toString(GONE.toMillis()));
        Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(connection)) {
            admin.createTopics(List.of(new NewTopic(topic.name(), 1, (short) 1).configs(settings)))
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(connection, new StringSerializer(), new ByteArraySerializer());
        secrets = new SecretLog(CommittedReader.of(connection), TimeSource.system());
    }

    @AfterAll
    static void stop() {
        secrets.close();
        producer.close();
        broker.close();
    }

    @Test
    void aTextIsFoundWhereItsPlanSays() throws Exception {
        SealedText text = text("first");
        SecretAddress address = write(SecretCodec.encode(job, text));
        write(SecretCodec.encode(UUID.randomUUID(), text("of another job")));
        assertThat(secrets.find(job, address)).isEqualTo(text);
    }

    @Test
    void aTextThatIsNotThereIsLookedForByItsJob() throws Exception {
        write(SecretCodec.encode(UUID.randomUUID(), text("of another job")));
        SealedText text = text("elsewhere");
        SecretAddress address = write(SecretCodec.encode(job, text));
        assertThat(secrets.find(job, new SecretAddress(0, address.offset() - 1)))
                .as("a copy of the topic has other offsets")
                .isEqualTo(text);
        assertThat(secrets.find(job, new SecretAddress(0, address.offset() + 1000)))
                .isEqualTo(text);
    }

    @Test
    void ofSeveralTextsOfAJobTheLastIsFoundWhenTheFirstIsCompactedAway() throws Exception {
        SecretAddress first = write(SecretCodec.encode(job, text("first")));
        SealedText last = text("last");
        write(SecretCodec.encode(job, last));
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            write(SecretCodec.encode(UUID.randomUUID(), text("rolls the segment")));
            return secrets.find(job, first).equals(last);
        });
    }

    @Test
    void whatIsDestroyedIsNotFound() throws Exception {
        SecretAddress nowhere = new SecretAddress(0, Long.MAX_VALUE);
        assertThat(secrets.find(job, nowhere)).isNull();
        write(SecretCodec.encode(job, text("first")));
        write(SecretCodec.tombstone(job));
        assertThat(secrets.find(job, nowhere)).isNull();
    }

    @Test
    void whatIsDestroyedIsGoneFromTheDisk() throws Exception {
        String secret = "c2VjcmV0" + job.toString().replace("-", "");
        write(SecretCodec.encode(job, text(secret)));
        assertThat(onDisk(secret)).isTrue();
        write(SecretCodec.tombstone(job));
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            // The cleaner leaves the segment alone that is being written; a later record begins another.
            write(SecretCodec.encode(UUID.randomUUID(), text("rolls the segment")));
            return !onDisk(secret);
        });
    }

    @Test
    void whatIsNoSealedTextIsCalledSo() throws Exception {
        SecretAddress address =
                write(new ProducerRecord<>(Topics.SECRETS, job.toString(), "{\"key_id\": \"a\"}".getBytes(ISO_8859_1)));
        assertThatThrownBy(() -> secrets.find(job, address))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("The record is no sealed text");
    }

    private static SecretAddress write(ProducerRecord<String, byte[]> record) throws Exception {
        RecordMetadata written = producer.send(record).get();
        return new SecretAddress(written.partition(), written.offset());
    }

    private static SealedText text(String bytes) {
        return new SealedText("a", new Ciphertext("nonce", "data key"), new Ciphertext("nonce", bytes));
    }

    private static boolean onDisk(String secret) {
        return Stream.of(Objects.requireNonNull(
                        directory.resolve(Topics.SECRETS + "-0").toFile().listFiles()))
                .anyMatch(file -> contains(file.toPath(), secret));
    }

    private static boolean contains(Path file, String secret) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(secret);
        } catch (NoSuchFileException cleaned) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
