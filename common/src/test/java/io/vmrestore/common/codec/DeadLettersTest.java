package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
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

    @Test
    void whatHasNoRoomBesideItsCauseStaysWhereItWas() {
        Headers original = new RecordHeaders().add("ce_id", new byte[9000]);
        byte[] value = new byte[RecordSize.MAX_VALUE_BYTES - 8000];
        ProducerRecord<String, byte[]> letter =
                DeadLetters.of("restore.events.v1", 0, 0, original, "vm-1", value, "odd " + "x".repeat(100_000));
        assertThat(letter.value()).isNull();
        assertThat(text(letter, DeadLetters.CAUSE))
                .startsWith("odd xxx")
                .hasSizeLessThan(10_000)
                .endsWith(" (its " + value.length + " bytes do not fit here and stay at the origin)");
    }

    @Test
    void aLetterIsDescribedWithoutItsData() {
        Headers original = new RecordHeaders()
                .add("ce_id", "7".getBytes(UTF_8))
                .add("ce_type", "io.vmrestore.PlanCreated.v1".getBytes(UTF_8));
        ConsumerRecord<String, byte[]> letter =
                read(DeadLetters.of("restore.events.v1", 3, 42, original, "vm-1", new byte[] {1}, "too odd"), 5);
        assertThat(DeadLetters.describe(letter))
                .isEqualTo(new DeadLetter(
                        "restore.events.v1-dlt/0/5",
                        "restore.events.v1",
                        3,
                        42L,
                        Instant.ofEpochMilli(77),
                        "too odd",
                        "vm-1",
                        "io.vmrestore.PlanCreated.v1",
                        "7"));
        assertThat(DeadLetters.marked(letter)).isEmpty();
    }

    @Test
    void whatIsSentBackIsTheRecordAsItWas() {
        Headers original = new RecordHeaders().add("ce_id", "7".getBytes(UTF_8)).add("other", null);
        ConsumerRecord<String, byte[]> letter =
                read(DeadLetters.of("restore.events.v1", 3, 42, original, "vm-1", new byte[] {1}, "too odd"), 5);
        ProducerRecord<String, byte[]> back = DeadLetters.original(letter, letter.value());
        assertThat(back.topic()).isEqualTo("restore.events.v1");
        assertThat(back.partition()).isNull();
        assertThat(back.key()).isEqualTo("vm-1");
        assertThat(back.value()).containsExactly(1);
        assertThat(back.headers().toArray()).containsExactly(original.toArray());
    }

    @Test
    void aMarkerNamesTheLetterBesideWhichItLies() {
        ConsumerRecord<String, byte[]> letter =
                read(DeadLetters.of("restore.events.v1", 3, 42, new RecordHeaders(), null, null, "odd"), 5);
        ProducerRecord<String, byte[]> marker = DeadLetters.marker(letter, "carol");
        assertThat(marker.topic()).isEqualTo("restore.events.v1-dlt");
        assertThat(marker.partition()).isZero();
        assertThat(DeadLetters.marked(read(marker, 6))).hasValue(5);
    }

    @Test
    void aRecordOfSomebodyElseIsDescribedAsFarAsItGoes() {
        ConsumerRecord<String, byte[]> foreign =
                read(new ProducerRecord<>("restore.events.v1-dlt", "x".repeat(2000), null), 9);
        DeadLetter letter = DeadLetters.describe(foreign);
        assertThat(letter.cause()).isEqualTo("not known");
        assertThat(letter.offset()).isNull();
        assertThat(letter.key()).hasSize(1001);
    }

    private static ConsumerRecord<String, byte[]> read(ProducerRecord<String, byte[]> sent, long offset) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                offset,
                77,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    private static String text(ProducerRecord<String, byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), UTF_8);
    }
}
