package io.vmrestore.status.testing;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.embedded.testing.TestInfrastructure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes to the event topic of the shared broker or of another. */
public final class EventTopic implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;

    /** On the shared broker. */
    public EventTopic() {
        this(TestInfrastructure.kafkaBootstrapServers());
    }

    /** Creates the topic where no service has done so yet; a producer would wait for it in vain. */
    public EventTopic(String kafka) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic(Topics.EVENTS, StatusService.TOPIC_PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Publishes events in order and returns when the broker has them all. */
    public void publish(List<? extends RestoreEvent> events) {
        events.forEach(event -> producer.send(EventCodec.encode(event)));
        producer.flush();
    }

    /** Publishes any record and returns when the broker has it. */
    public void publish(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
