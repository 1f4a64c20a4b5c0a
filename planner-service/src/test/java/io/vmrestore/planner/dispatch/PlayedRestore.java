package io.vmrestore.planner.dispatch;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plays client and executors of one restore of a sample VM towards a running planner-service. */
public record PlayedRestore(UUID jobId, Tenant tenant) {

    public static PlayedRestore of(Tenant tenant) {
        return new PlayedRestore(UUID.randomUUID(), tenant);
    }

    public RestoreRequested requested() {
        return new RestoreRequested(
                jobId,
                tenant.webServerId(),
                Instant.now(),
                tenant.projectId(),
                tenant.id("snapshot/web-1-daily"),
                RestoreMode.NEW,
                null,
                IpStrategy.NEW_IPS,
                "olga");
    }

    public ExecutionRequested executionRequested() {
        return new ExecutionRequested(jobId, tenant.webServerId(), Instant.now(), UUID.randomUUID(), "olga");
    }

    /** Answers a command as an executor that has done it. */
    public static void answer(KafkaProducer<String, byte[]> producer, RunStep step) {
        publish(producer, Restore.started(step, Instant.now()));
        publish(producer, Restore.completed(step, Instant.now()));
    }

    public static void publish(KafkaProducer<String, byte[]> producer, RestoreEvent event) {
        producer.send(EventCodec.encode(event));
    }

    public static KafkaProducer<String, byte[]> producer(String kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
