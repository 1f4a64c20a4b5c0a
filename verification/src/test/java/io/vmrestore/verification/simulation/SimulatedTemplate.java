package io.vmrestore.verification.simulation;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/** Sends through a producer of the simulated broker. */
final class SimulatedTemplate extends KafkaTemplate<String, byte[]> {
    private final Broker broker;
    private final SimulatedProducer producer;

    SimulatedTemplate(Broker broker, SimulatedProducer producer) {
        super(new DefaultKafkaProducerFactory<>(Map.of()));
        this.broker = broker;
        this.producer = producer;
    }

    @Override
    public CompletableFuture<SendResult<String, byte[]>> send(ProducerRecord<String, byte[]> record) {
        return producer.send(record, null)
                .thenApply(offset ->
                        new SendResult<>(record, new RecordMetadata(broker.partition(record), offset, 0, 0, 0, 0)));
    }
}
