package io.vmrestore.executor.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;

/** A broker that takes less than ours, and one that is away. */
class EventPublisherTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final StepAddress STEP =
            new StepAddress(UUID.randomUUID(), "vm-1", "project-1", 8, Action.FINALIZE, 1);
    private static final List<Resource> MADE = List.of(new Resource(ResourceType.PORT, "port-1", "p"));
    private static final Map<String, Object> LONG = Map.of("note", "n".repeat(3000));

    private final Broker broker = new Broker();
    private final EventPublisher publisher = new EventPublisher(new KafkaTemplate<>(() -> broker));

    @Test
    void aCompletionThatTheBrokerNeverTakesIsToldWithWhatItMade() throws Exception {
        RestoreResult result = new RestoreResult(
                "server-1", "volume-1", List.of("port-1"), List.of(), List.of(new Difference("a", "b", "c")));
        publisher.publish(
                List.of(new StepStarted(STEP, NOW, "executor-1"), new StepCompleted(STEP, NOW, MADE, LONG, result)));
        assertThat(broker.last()).isInstanceOfSatisfying(StepCompleted.class, told -> {
            assertThat(told.resources()).isEqualTo(MADE);
            assertThat(told.detail())
                    .containsEntry("left_out", "The detail cannot be published: The topic takes 1500 bytes");
            assertThat(told.result()).isNotNull().satisfies(kept -> {
                assertThat(kept.serverId()).isEqualTo("server-1");
                assertThat(kept.differences())
                        .containsExactly(new Difference("differences", "1", "not shown: The topic takes 1500 bytes"));
            });
        });
    }

    @Test
    void aFailureThatTheBrokerNeverTakesIsToldWithItsKind() throws Exception {
        Failure failure = Failure.of(FailureKind.CLOUD_REFUSED, "f".repeat(3000));
        publisher.publish(List.of(new StepFailed(STEP, NOW, failure, true, MADE, Map.of())));
        assertThat(broker.last()).isInstanceOfSatisfying(StepFailed.class, told -> {
            assertThat(told.failure().kind()).isEqualTo(FailureKind.CLOUD_REFUSED);
            assertThat(told.failure().message())
                    .isEqualTo("The error's text cannot be published: The topic takes 1500 bytes");
            assertThat(told.retryable()).isTrue();
            assertThat(told.resources()).isEqualTo(MADE);
        });
    }

    @Test
    void whatPassesIsLeftToWhoeverTriesAgain() {
        broker.away = true;
        StepCompleted completed = new StepCompleted(STEP, NOW, MADE, LONG, null);
        assertThatThrownBy(() -> publisher.publish(List.of(completed)))
                .hasRootCauseInstanceOf(DisconnectException.class);
        assertThat(broker.history()).isEmpty();
    }

    private static final class Broker extends MockProducer<String, byte[]> {
        private boolean away;

        Broker() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            if (away || record.value().length > 1500) {
                Exception refused =
                        away ? new DisconnectException() : new RecordTooLargeException("The topic takes 1500 bytes");
                callback.onCompletion(null, refused);
                return CompletableFuture.failedFuture(refused);
            }
            return super.send(record, callback);
        }

        @Override
        public void close(Duration timeout) {
            // The template closes what it has for one record only.
        }

        RestoreEvent last() {
            ProducerRecord<String, byte[]> last = history().getLast();
            return EventCodec.decode(last.headers(), last.value());
        }
    }
}
