package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    @Test
    void aDeadLetterIsTheRecordWithPlaceAndCause() {
        byte[] value = {0, 1, (byte) 0xff};
        Headers original = new RecordHeaders().add("ce_id", "7".getBytes(UTF_8)).add("other", null);
        ProducerRecord<String, byte[]> letter =
                DeadLetters.of("restore.events.v1", 3, 42, original, "vm-1", value, "Unknown event type x");
        assertThat(letter.topic()).isEqualTo("restore.events.v1-dlt");
        assertThat(letter.partition()).isNull();
        assertThat(letter.key()).isEqualTo("vm-1");
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.headers().toArray()).startsWith(original.toArray()).hasSize(4);
        assertThat(text(letter, DeadLetters.CAUSE)).isEqualTo("Unknown event type x");
        assertThat(text(letter, DeadLetters.ORIGIN)).isEqualTo("restore.events.v1-3@42");
        assertThat(original.toArray()).as("the original is untouched").hasSize(2);
    }

    @Test
    void aRecordWithoutKeyAndValueIsKeptToo() {
        ProducerRecord<String, byte[]> letter =
                DeadLetters.of("restore.events.v1", 0, 0, new RecordHeaders(), null, null, "no CloudEvent");
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    private static String text(ProducerRecord<String, byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), UTF_8);
    }
}
