package io.vmrestore.executor.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Makes consumers that belong to no group and read committed records of the partitions that they are assigned. */
public final class CommittedReader {
    private CommittedReader() {}

    /** @param connection where the broker is; nothing is connected before a consumer is asked for */
    public static Supplier<Consumer<String, byte[]>> of(Map<String, Object> connection) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.remove("group.id");
        properties.remove("group.protocol");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        // What stands behind an open transaction stays unseen, as it does by dispatch.
        properties.put("isolation.level", "read_committed");
        return () -> new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
