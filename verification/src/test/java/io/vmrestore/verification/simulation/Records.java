package io.vmrestore.verification.simulation;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Names records for the trace. */
final class Records {
    private Records() {}

    static String id(ProducerRecord<String, byte[]> record) {
        return id(record.headers(), String.valueOf(record.key()));
    }

    static String id(ConsumerRecord<String, byte[]> record) {
        return id(record.headers(), String.valueOf(record.key()));
    }

    private static String id(Headers headers, String otherwise) {
        Header id = headers.lastHeader("ce_id");
        return id == null ? otherwise : new String(id.value(), StandardCharsets.UTF_8);
    }
}
