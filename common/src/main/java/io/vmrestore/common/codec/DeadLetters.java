package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.contract.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record that cannot be used, unchanged, with the place it came from and the reason beside it. */
public final class DeadLetters {
    /** Why the record is here. */
    public static final String CAUSE = "restore-dead-letter-cause";

    /** Where it was: {@code topic-partition@offset}. */
    public static final String ORIGIN = "restore-dead-letter-origin";

    private DeadLetters() {}

    public static ProducerRecord<String, byte[]> of(
            String topic,
            int partition,
            long offset,
            Headers headers,
            @Nullable String key,
            byte @Nullable [] value,
            String cause) {
        RecordHeaders marked = new RecordHeaders(headers.toArray());
        marked.add(CAUSE, cause.getBytes(UTF_8));
        marked.add(ORIGIN, (topic + "-" + partition + "@" + offset).getBytes(UTF_8));
        return new ProducerRecord<>(Topics.deadLetter(topic), null, key, value, marked);
    }
}
