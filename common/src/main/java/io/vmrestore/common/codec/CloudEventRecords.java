package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The CloudEvents 1.0 Kafka binding in binary mode: attributes as {@code ce_} headers, plain JSON as value. */
final class CloudEventRecords {
    private static final URI SOURCE = URI.create("/vm-restore");
    private static final String JSON = "application/json";
    private static final String ID_HEADER = "ce_id";
    static final String TYPE_HEADER = "ce_type";

    private CloudEventRecords() {}

    static ProducerRecord<String, byte[]> encode(
            String topic, String key, String type, String id, String subject, Instant time, Object data) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId(id)
                .withSource(SOURCE)
                .withType(type)
                .withSubject(subject)
                .withTime(time.atOffset(ZoneOffset.UTC))
                .withData(JSON, Json.MAPPER.writeValueAsBytes(data))
                .build();
        return KafkaMessageFactory.<String>createWriter(topic, null, null, key).writeBinary(event);
    }

    static Optional<String> id(Headers headers) {
        return text(headers, ID_HEADER);
    }

    static Optional<String> type(Headers headers) {
        return text(headers, TYPE_HEADER);
    }

    private static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    static CloudEvent read(Headers headers, byte @Nullable [] value) {
        CloudEvent event;
        try {
            event = KafkaMessageFactory.createReader(headers, value).toEvent();
        } catch (CloudEventRWException | IllegalArgumentException notCloudEvent) {
            throw new UndecodableException("The record is no CloudEvent: " + notCloudEvent.getMessage(), notCloudEvent);
        }
        if (event.getData() == null) {
            throw new UndecodableException("The CloudEvent " + event.getType() + " has no data", null);
        }
        return event;
    }

    /** @param name what a person calls the type */
    static <T> T data(CloudEvent event, Class<T> type, String name) {
        T data;
        try {
            data = Json.MAPPER.readValue(event.getData().toBytes(), type);
        } catch (JacksonException malformed) {
            // Jackson's own message quotes the data, which may hold what does not belong into a log.
            throw new UndecodableException(what(event) + " is not a " + name + " near '" + path(malformed) + "'", null);
        }
        if (!(data instanceof Record complete)) {
            throw new UndecodableException(what(event) + " is null", null);
        }
        Completeness.missing(complete).ifPresent(path -> {
            throw new UndecodableException(what(event) + " lacks " + path, null);
        });
        return data;
    }

    private static String what(CloudEvent event) {
        return "The data of CloudEvent " + event.getType() + " " + event.getId();
    }

    private static String path(JacksonException malformed) {
        StringBuilder path = new StringBuilder();
        malformed
                .getPath()
                .forEach(step -> path.append('/')
                        .append(step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()));
        return path.toString();
    }
}
