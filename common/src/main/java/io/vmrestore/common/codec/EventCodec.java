package io.vmrestore.common.codec;

import io.cloudevents.CloudEvent;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreDryRun;
import io.vmrestore.common.contract.RestoreEvent.RestoreFailed;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Events as records of the public event topic and back. The one place that maps event types to records. */
public final class EventCodec {
    private static final String PREFIX = "io.vmrestore.";
    private static final String VERSION = ".v1";

    /** Every event type, in the order of a restore's life. */
    public static final List<Class<? extends RestoreEvent>> TYPES = List.of(
            RestoreRequested.class,
            PlanCreated.class,
            PlanRejected.class,
            ExecutionRequested.class,
            ExecutionRefused.class,
            RestoreStarted.class,
            StepStarted.class,
            StepProgressed.class,
            StepCompleted.class,
            StepFailed.class,
            StepSkipped.class,
            CancellationRequested.class,
            RedriveRequested.class,
            RollbackStarted.class,
            RestoreCompleted.class,
            RestoreFailed.class,
            RestoreCancelled.class,
            RestoreInterrupted.class,
            RestoreDryRun.class);

    private static final Map<String, Class<? extends RestoreEvent>> BY_NAME =
            TYPES.stream().collect(Collectors.toUnmodifiableMap(EventCodec::typeName, Function.identity()));

    private EventCodec() {}

    /** The CloudEvents type, such as {@code io.vmrestore.PlanCreated.v1}. */
    public static String typeName(Class<? extends RestoreEvent> type) {
        return PREFIX + type.getSimpleName() + VERSION;
    }

    public static ProducerRecord<String, byte[]> encode(RestoreEvent event) {
        return CloudEventRecords.encode(
                Topics.EVENTS,
                event.vmId(),
                typeName(event.getClass()),
                event.id(),
                event.jobId().toString(),
                event.time(),
                event);
    }

    /** The id of the event in a record, without a look at its data; empty if the record has none. */
    public static Optional<String> id(Headers headers) {
        return CloudEventRecords.id(headers);
    }

    /**
     * Reads an event from the headers and the value of a record.
     *
     * @throws UndecodableException if the record is no event of ours or lacks a value that is not nullable
     */
    public static RestoreEvent decode(Headers headers, byte @Nullable [] value) {
        CloudEvent record = CloudEventRecords.read(headers, value);
        Class<? extends RestoreEvent> type = BY_NAME.get(record.getType());
        if (type == null) {
            throw new UndecodableException("Unknown event type " + record.getType(), null);
        }
        return CloudEventRecords.data(record, type);
    }
}
