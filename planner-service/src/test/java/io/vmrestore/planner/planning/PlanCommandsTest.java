package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.RecordSize;
import io.vmrestore.common.codec.SecretCodec;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.Sealed;
import io.vmrestore.common.contract.SecretAddress;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.seal.SealedText;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;

/** Every plan command is answered with one event, also where the plan itself has no place in a record. */
class PlanCommandsTest {
    private static final Tenant A = Tenant.A;

    private final MockProducer<String, byte[]> producer = without("no topic", new IllegalStateException());
    private SimulatedCloud cloud;

    @BeforeEach
    void open() {
        cloud = new SimulatedCloud();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void aPlanThatNoRecordHoldsIsRejectedWithWhatTakesTheRoom() throws Exception {
        give("license", "l".repeat(2_300_000));

        assertThat(answer(producer)).isInstanceOfSatisfying(PlanRejected.class, rejected -> {
            assertThat(rejected.failure().kind()).isEqualTo(FailureKind.UNPROCESSABLE);
            assertThat(rejected.failure().message())
                    .startsWith("The plan is 23")
                    .contains(" bytes; the limit is " + RecordSize.MAX_PLAN_BYTES + ". The image property \"license\""
                            + " of the boot volume takes 2300002 bytes of it. Make that smaller, and plan again.");
        });
    }

    @Test
    void aLargePlanThatFitsIsMade() throws Exception {
        give("license", "l".repeat(1_200_000));
        assertThat(answer(producer)).isInstanceOf(PlanCreated.class);
    }

    @Test
    void aPlanThatTheBrokerNeverTakesIsRejectedWithItsReason() throws Exception {
        MockProducer<String, byte[]> small =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized Future<RecordMetadata> send(
                            ProducerRecord<String, byte[]> record, Callback callback) {
                        if (record.topic().equals(Topics.EVENTS) && record.value().length > 2000) {
                            RecordTooLargeException refused = new RecordTooLargeException("The topic takes 2000 bytes");
                            callback.onCompletion(null, refused);
                            return CompletableFuture.failedFuture(refused);
                        }
                        return super.send(record, callback);
                    }

                    @Override
                    public void close(Duration timeout) {
                        // The template closes what it has for one record only.
                    }
                };
        assertThat(answer(small))
                .isInstanceOfSatisfying(
                        PlanRejected.class,
                        rejected -> assertThat(rejected.failure().message())
                                .isEqualTo("The answer of planning cannot be published: The topic takes 2000 bytes"));
    }

    @Test
    void userDataIsKeptSealedBeforeThePlanThatRefersToIt() throws Exception {
        assertThat(answer(producer)).isInstanceOfSatisfying(PlanCreated.class, created -> {
            Sealed userData = Objects.requireNonNull(created.plan().userData());
            assertThat(producer.history()).hasSize(2);
            ProducerRecord<String, byte[]> secret = producer.history().getFirst();
            assertThat(secret.topic()).isEqualTo(Topics.SECRETS);
            assertThat(secret.key()).isEqualTo(created.jobId().toString());
            assertThat(userData).isEqualTo(Sealed.at(new SecretAddress(0, 0), userData.bytes()));

            SealedText sealed = Objects.requireNonNull(SecretCodec.decode(secret.value()));
            String base64 = SimulatedCloud.SEAL.open(created.jobId(), sealed);
            String clear = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            assertThat(clear).startsWith("#cloud-config").contains("nginx");
            assertThat(userData.bytes())
                    .as("what the VM's owner wrote, not its base64")
                    .isEqualTo(clear.getBytes(StandardCharsets.UTF_8).length);
            for (ProducerRecord<String, byte[]> record : producer.history()) {
                assertThat(new String(record.value(), StandardCharsets.UTF_8))
                        .doesNotContain("cloud-config", "nginx", base64.substring(0, 24));
            }
            assertThat(new String(producer.history().getLast().value(), StandardCharsets.UTF_8))
                    .as("the public log has not even the sealed text")
                    .doesNotContain(sealed.text().bytes());
        });
    }

    @Test
    void aPlanIsNotMadeWhileItsUserDataCannotBeKept() {
        MockProducer<String, byte[]> away = without(Topics.SECRETS, new DisconnectException("The broker is away"));
        assertThatThrownBy(() -> answer(away)).hasRootCauseMessage("The broker is away");
        assertThat(away.history()).isEmpty();
    }

    @Test
    void userDataThatNoRecordHoldsRejectsThePlan() throws Exception {
        MockProducer<String, byte[]> small =
                without(Topics.SECRETS, new RecordTooLargeException("The topic takes 2000 bytes"));
        assertThat(answer(small))
                .isInstanceOfSatisfying(
                        PlanRejected.class,
                        rejected -> assertThat(rejected.failure().message())
                                .isEqualTo("The user_data of the VM cannot be kept: The topic takes 2000 bytes"));
    }

    /** A broker that takes no record of one topic. */
    private static MockProducer<String, byte[]> without(String topic, RuntimeException refusal) {
        return new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
                if (record.topic().equals(topic)) {
                    callback.onCompletion(null, refusal);
                    return CompletableFuture.failedFuture(refusal);
                }
                return super.send(record, callback);
            }

            @Override
            public void close(Duration timeout) {
                // The template closes what it has for one record only.
            }
        };
    }

    private void give(String property, String value) {
        Cloud simulated = cloud.simulator.cloud();
        simulated.run(() -> {
            Volume volume = simulated.volumes().find(A.id("volume/web-1-boot")).orElseThrow();
            simulated
                    .volumes()
                    .setImageMetadata(simulated.callerFor(volume.owner()), volume.id(), Map.of(property, value));
        });
    }

    private RestoreEvent answer(MockProducer<String, byte[]> kafka) throws Exception {
        PlanCommands commands = new PlanCommands(
                cloud.planner(),
                SimulatedCloud.SEAL,
                new KafkaTemplate<>(() -> kafka),
                TimeSource.system(),
                new SimpleMeterRegistry(),
                new FairPlaces(4));
        ProducerRecord<String, byte[]> command = CommandCodec.encode(SimulatedCloud.web(A, IpStrategy.NEW_IPS));
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(command.topic(), 0, 0, command.key(), command.value());
        command.headers().forEach(record.headers()::add);
        commands.handle(record, () -> true);
        List<ProducerRecord<String, byte[]>> sent = kafka.history().stream()
                .filter(each -> each.topic().equals(Topics.EVENTS))
                .toList();
        assertThat(sent).hasSize(1);
        return EventCodec.decode(sent.getFirst().headers(), sent.getFirst().value());
    }
}
