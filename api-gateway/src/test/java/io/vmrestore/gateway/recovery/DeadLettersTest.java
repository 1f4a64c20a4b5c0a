package io.vmrestore.gateway.recovery;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.support.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** With a real broker. The records are of topics that no other test reads. */
class DeadLettersTest {
    private static final String TOPIC = Topics.commands(Action.ROLLBACK_PORT);
    private static final String SECRET = "correct horse battery staple";

    private final String key = "vm-" + UUID.randomUUID();

    /** It makes the topics, whichever test comes first. */
    @BeforeAll
    static void startTheGateway() {
        SharedGateway.anonymous();
    }

    private static RecordMetadata send(ProducerRecord<String, byte[]> record) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestInfrastructure.kafkaBootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            return producer.send(record).get(60, TimeUnit.SECONDS);
        }
    }

    private static String id(RecordMetadata letter) {
        return letter.topic() + "/" + letter.partition() + "/" + letter.offset();
    }

    private String letter(byte[] value) throws Exception {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_type", "io.vmrestore.command.RunStep.v1".getBytes(UTF_8));
        headers.add("ce_id", "some-step".getBytes(UTF_8));
        return id(send(DeadLetters.of(TOPIC, 0, 17, headers, key, value, "Unknown command type")));
    }

    private static JsonNode list() {
        return Json.MAPPER.readTree(SharedGateway.as(newUser(), Role.SUPERADMIN)
                .get()
                .uri("/restore/operations/dead-letters")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody());
    }

    private static List<String> listed() {
        return list().path("dead_letters").values().stream()
                .map(letter -> letter.path("id").asString())
                .toList();
    }

    private static ResponseSpec redrive(String body) {
        return SharedGateway.as(newUser(), Role.SUPERADMIN)
                .post()
                .uri("/restore/operations/dead-letters/redrive")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static String outcome(String id) {
        return Json.MAPPER
                .readTree(redrive("{\"ids\":[\"" + id + "\"]}")
                        .expectStatus()
                        .isOk()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody())
                .at("/dead_letters/0/outcome")
                .asString();
    }

    /** What is in the letters' own topic under this test's key. */
    private List<ConsumerRecord<String, byte[]>> sentBack() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (DeadLetterLog reader = new DeadLetterLog(
                Map.of("bootstrap.servers", TestInfrastructure.kafkaBootstrapServers()), TimeSource.system())) {
            for (int partition = 0; partition < 12; partition++) {
                TopicPartition place = new TopicPartition(TOPIC, partition);
                for (long offset = 0; ; offset++) {
                    ConsumerRecord<String, byte[]> record = reader.record(place, offset);
                    if (record == null) {
                        break;
                    }
                    if (key.equals(record.key())) {
                        records.add(record);
                    }
                }
            }
        }
        return records;
    }

    @Test
    void aLetterIsListedWithEverythingButItsData() throws Exception {
        String id = letter(SECRET.getBytes(UTF_8));
        JsonNode answer = list();
        assertThat(answer.toString()).doesNotContain(SECRET);
        JsonNode letter = answer.path("dead_letters").values().stream()
                .filter(one -> one.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(letter.path("topic").asString()).isEqualTo(TOPIC);
        assertThat(letter.path("partition").asInt()).isZero();
        assertThat(letter.path("offset").asInt()).isEqualTo(17);
        assertThat(letter.path("cause").asString()).isEqualTo("Unknown command type");
        assertThat(letter.path("key").asString()).isEqualTo(key);
        assertThat(letter.path("type").asString()).isEqualTo("io.vmrestore.command.RunStep.v1");
        assertThat(letter.path("record_id").asString()).isEqualTo("some-step");
    }

    @Test
    void aLetterIsSentBackOnceAsItWas() throws Exception {
        String id = letter(new byte[] {1, 2, 3});
        assertThat(outcome(id)).isEqualTo("REDRIVEN");
        assertThat(listed()).doesNotContain(id);
        assertThat(outcome(id)).isEqualTo("ALREADY_REDRIVEN");
        assertThat(sentBack()).singleElement().satisfies(record -> {
            assertThat(record.value()).containsExactly(1, 2, 3);
            assertThat(record.headers().toArray()).hasSize(2);
            assertThat(new String(record.headers().lastHeader("ce_id").value(), UTF_8))
                    .isEqualTo("some-step");
        });
    }

    @Test
    void aLetterWhoseSenderDiedBeforeItWasMarkedIsListedAndSentBackAgain() throws Exception {
        String id = letter(new byte[] {6});
        sendBackAndDie(id);
        assertThat(listed()).contains(id);
        assertThat(outcome(id)).isEqualTo("REDRIVEN");
        assertThat(listed()).doesNotContain(id);
        List<ConsumerRecord<String, byte[]>> records = sentBack();
        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(record.value()).containsExactly(6);
            assertThat(record.headers())
                    .as("whoever reads both takes them for one")
                    .isEqualTo(records.getFirst().headers());
        });
    }

    /** All that a gateway does before the mark. */
    private static void sendBackAndDie(String id) throws Exception {
        String[] place = id.split("/");
        try (DeadLetterLog reader = new DeadLetterLog(
                Map.of("bootstrap.servers", TestInfrastructure.kafkaBootstrapServers()), TimeSource.system())) {
            ConsumerRecord<String, byte[]> letter = Objects.requireNonNull(
                    reader.record(new TopicPartition(place[0], Integer.parseInt(place[1])), Long.parseLong(place[2])));
            send(DeadLetters.original(letter, letter.value()));
        }
    }

    @Test
    void aRecordThatWasTooLargeIsTakenFromItsOwnTopic() throws Exception {
        RecordMetadata large = send(new ProducerRecord<>(TOPIC, 0, key, new byte[] {4, 5}));
        String id = id(send(DeadLetters.of(
                TOPIC, large.partition(), large.offset(), new RecordHeaders(), key, null, "does not fit here")));
        assertThat(outcome(id)).isEqualTo("REDRIVEN");
        assertThat(sentBack())
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.value()).containsExactly(4, 5));
    }

    @Test
    void aRecordThatIsNowhereAnyMoreIsNamedAsGone() throws Exception {
        String id = id(send(DeadLetters.of(TOPIC, 0, 1_000_000, new RecordHeaders(), key, null, "does not fit here")));
        assertThat(outcome(id)).isEqualTo("GONE");
        assertThat(listed()).contains(id);
    }

    @ParameterizedTest
    @CsvSource({
        "restore.events.v1-dlt/0/999999",
        "restore.events.v1-dlt/7/0",
        "restore.events.v1/0/0",
        "secret.topic/0/0"
    })
    void knowsNoOtherLetters(String id) {
        assertThat(outcome(id)).isEqualTo("UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ids\":[]} | /ids must be a list of 1 to 100 strings.",
                "{\"ids\":[7]} | /ids/0 must be a string, not a number.",
                "{\"ids\":[\"x\"]} | /ids/0 must be the id of a dead letter, such as restore.events.v1-dlt/0/17.",
                "{\"ids\":[\"a/0/1\"],\"all\":true} | /all is not a field of this request; its fields are ids."
            })
    void namesWhatIsWrongWithTheBody(String body, String detail) {
        problem(redrive(body), 400, "invalid-request", detail);
    }
}
