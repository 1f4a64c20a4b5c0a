package io.vmrestore.common.codec;

import io.cloudevents.CloudEvent;
import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Events as records of the public event topic and back. Types are named by {@link EventType}. */
public final class EventCodec {
    private static final String PREFIX = "io.vmrestore.";
    private static final String VERSION = ".v1";

    private static final Map<String, EventType> BY_NAME = Arrays.stream(EventType.values())
            .collect(Collectors.toUnmodifiableMap(EventCodec::typeName, Function.identity()));

    private EventCodec() {}

    /** The CloudEvents type, such as {@code io.vmrestore.PlanCreated.v1}. */
    public static String typeName(EventType type) {
        return PREFIX + type.wireName() + VERSION;
    }

    /**
     * The record of an event. What an event only tells is cut where it is longer than anybody reads, see
     * {@link EventBounds}.
     *
     * @throws UnpublishableException if no record holds it all the same
     */
    public static ProducerRecord<String, byte[]> encode(RestoreEvent event) {
        ProducerRecord<String, byte[]> record = CloudEventRecords.encode(
                Topics.EVENTS,
                event.vmId(),
                typeName(event.type()),
                event.id(),
                event.jobId().toString(),
                event.time(),
                EventBounds.of(event));
        return RecordSize.fitting(record, "Event " + event.id());
    }

    /** The id of the event in a record, without a look at its data; empty if the record has none. */
    public static Optional<String> id(Headers headers) {
        return CloudEventRecords.id(headers);
    }

    /** The type of the event in a record, without a look at its data; empty if it is none that this build knows. */
    public static Optional<EventType> type(Headers headers) {
        return CloudEventRecords.type(headers).map(BY_NAME::get);
    }

    /**
     * Reads an event from the headers and the value of a record.
     *
     * @throws UndecodableException if the record is no event of ours or lacks a value that is not nullable
     */
    public static RestoreEvent decode(Headers headers, byte @Nullable [] value) {
        CloudEvent record = CloudEventRecords.read(headers, value);
        EventType type = BY_NAME.get(record.getType());
        if (type == null) {
            throw new UndecodableException("Unknown event type " + record.getType(), null);
        }
        return CloudEventRecords.data(record, type.record(), type.wireName());
    }
}
