package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.contract.Topics;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record that cannot be used, unchanged, with the place it came from and the reason beside it. */
public final class DeadLetters {
    /** Why the record is here. */
    public static final String CAUSE = "restore-dead-letter-cause";

    /** Where it was: {@code topic-partition@offset}. */
    public static final String ORIGIN = "restore-dead-letter-origin";

    /** Of a marker: the offset of the letter that was sent back. */
    private static final String REDRIVEN = "restore-dead-letter-redriven";

    private static final String REDRIVEN_BY = "restore-dead-letter-redriven-by";

    private static final Pattern ORIGIN_FORMAT = Pattern.compile("(.+)-([0-9]{1,9})@([0-9]{1,18})");
    private static final int LONGEST_TEXT = 1000;

    private DeadLetters() {}

    /**
     * The letter for a record. A record that was as large as may be has no room beside the reason: then its value stays
     * where it was, and the reason says so.
     */
    public static ProducerRecord<String, byte[]> of(
            String topic,
            int partition,
            long offset,
            Headers headers,
            @Nullable String key,
            byte @Nullable [] value,
            String cause) {
        RecordHeaders marked = new RecordHeaders(headers.toArray());
        int bytes = value == null ? 0 : value.length;
        boolean fits = size(headers) + bytes <= RecordSize.MAX_VALUE_BYTES;
        String told = DetailBounds.text(cause, EventBounds.LONGEST_MESSAGE);
        if (!fits) {
            told += " (its " + bytes + " bytes do not fit here and stay at the origin)";
        }
        marked.add(CAUSE, told.getBytes(UTF_8));
        marked.add(ORIGIN, (topic + "-" + partition + "@" + offset).getBytes(UTF_8));
        return new ProducerRecord<>(Topics.deadLetter(topic), null, key, fits ? value : null, marked);
    }

    /** What is known of a letter; its data is left out. */
    public static DeadLetter describe(ConsumerRecord<String, byte[]> letter) {
        Matcher origin = origin(letter);
        boolean known = origin.matches();
        return new DeadLetter(
                letter.topic() + "/" + letter.partition() + "/" + letter.offset(),
                Topics.ofDeadLetter(letter.topic()),
                known ? Integer.valueOf(origin.group(2)) : null,
                known ? Long.valueOf(origin.group(3)) : null,
                Instant.ofEpochMilli(letter.timestamp()),
                Objects.requireNonNullElse(shortened(text(letter.headers(), CAUSE)), "not known"),
                shortened(letter.key()),
                shortened(text(letter.headers(), CloudEventRecords.TYPE_HEADER)),
                shortened(CloudEventRecords.id(letter.headers()).orElse(null)));
    }

    /**
     * The record as it was, for the topic where it was.
     *
     * @param value the letter's own, or the original's where it did not fit into the letter
     */
    public static ProducerRecord<String, byte[]> original(
            ConsumerRecord<String, byte[]> letter, byte @Nullable [] value) {
        RecordHeaders headers = new RecordHeaders(letter.headers().toArray());
        headers.remove(CAUSE);
        headers.remove(ORIGIN);
        return new ProducerRecord<>(Topics.ofDeadLetter(letter.topic()), null, letter.key(), value, headers);
    }

    /** Says in the dead-letter topic itself that a letter was sent back to where it was. */
    public static ProducerRecord<String, byte[]> marker(ConsumerRecord<String, byte[]> letter, String by) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(REDRIVEN, Long.toString(letter.offset()).getBytes(UTF_8));
        headers.add(REDRIVEN_BY, by.getBytes(UTF_8));
        return new ProducerRecord<>(letter.topic(), letter.partition(), (Long) null, null, null, headers);
    }

    /** The offset of the letter that a record of a dead-letter topic marks; empty if it is a letter itself. */
    public static OptionalLong marked(ConsumerRecord<String, byte[]> record) {
        String offset = text(record.headers(), REDRIVEN);
        return offset == null || !offset.matches("[0-9]{1,18}")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(offset));
    }

    private static int size(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    private static Matcher origin(ConsumerRecord<String, byte[]> letter) {
        return ORIGIN_FORMAT.matcher(Objects.requireNonNullElse(text(letter.headers(), ORIGIN), ""));
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
