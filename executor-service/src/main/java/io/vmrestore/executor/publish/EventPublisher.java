package io.vmrestore.executor.publish;

import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.PublishFailure;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Publishes what an attempt reports. All through one idempotent producer, so the events of one VM arrive in the order
 * in which they were handed over, whether or not somebody waits for the acknowledgement.
 */
public final class EventPublisher {
    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

    private final KafkaTemplate<String, byte[]> kafka;

    public EventPublisher(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    /**
     * Publishes a sign of life; if it is lost, a later event tells the same.
     *
     * @param told runs when the broker has it
     */
    public void tell(StepEvent event, Runnable told) {
        var unused = kafka.send(EventCodec.encode(event)).whenComplete((sent, failure) -> {
            if (failure == null) {
                told.run();
            } else {
                log.warn("Event {} was not published: {}", event.id(), failure.getMessage());
            }
        });
    }

    /**
     * Publishes events in this order and waits for the broker's acknowledgement of the last. If no record ever holds
     * the last one, what it only tells is left out, so that the step has its outcome all the same.
     */
    public void publish(List<StepEvent> events) throws ExecutionException, InterruptedException {
        try {
            sendAll(events);
        } catch (ExecutionException | RuntimeException failure) {
            if (!PublishFailure.lasting(failure)) {
                throw failure;
            }
            StepEvent last = events.getLast();
            log.error("Event {} is published without its detail", last.id(), failure);
            send(EventCodec.encode(BareEvent.of(last, PublishFailure.reason(failure))));
        }
    }

    private void sendAll(List<StepEvent> events) throws ExecutionException, InterruptedException {
        // Encoded before any is sent, so that they travel in one request.
        List<ProducerRecord<String, byte[]>> records =
                events.stream().map(EventCodec::encode).toList();
        for (ProducerRecord<String, byte[]> record : records.subList(0, records.size() - 1)) {
            var unused = kafka.send(record);
        }
        send(records.getLast());
    }

    /** Puts a record aside that no step can be made of, with the reason, and waits for the acknowledgement. */
    public void putAside(ConsumerRecord<String, byte[]> record, String cause)
            throws ExecutionException, InterruptedException {
        log.error("Record {}-{}@{} is no command: {}", record.topic(), record.partition(), record.offset(), cause);
        send(DeadLetters.of(
                record.topic(),
                record.partition(),
                record.offset(),
                record.headers(),
                record.key(),
                record.value(),
                cause));
    }

    private void send(ProducerRecord<String, byte[]> record) throws ExecutionException, InterruptedException {
        kafka.send(record).get();
    }
}
