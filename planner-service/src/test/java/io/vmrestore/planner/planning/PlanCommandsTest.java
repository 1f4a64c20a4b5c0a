package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.RecordSize;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
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
                        if (record.value().length > 2000) {
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
                new KafkaTemplate<>(() -> kafka),
                TimeSource.system(),
                new SimpleMeterRegistry(),
                new FairPlaces(4));
        ProducerRecord<String, byte[]> command = CommandCodec.encode(SimulatedCloud.web(A, IpStrategy.NEW_IPS));
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(command.topic(), 0, 0, command.key(), command.value());
        command.headers().forEach(record.headers()::add);
        commands.handle(record, () -> true);
        List<ProducerRecord<String, byte[]>> sent = kafka.history();
        assertThat(sent).hasSize(1);
        return EventCodec.decode(sent.getFirst().headers(), sent.getFirst().value());
    }
}
