package io.vmrestore.common.codec;

import io.cloudevents.CloudEvent;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.Topics;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Commands as records of the internal command topics and back. */
public final class CommandCodec {
    private static final String PLAN = "io.vmrestore.command.PlanRestore.v1";
    private static final String STOP_STEPS = "io.vmrestore.command.StopSteps.v1";
    private static final String RUN_STEP = "io.vmrestore.command.RunStep.v1";

    private CommandCodec() {}

    /**
     * The record of a command.
     *
     * @throws UnpublishableException if no record holds it
     */
    public static ProducerRecord<String, byte[]> encode(RestoreCommand command) {
        ProducerRecord<String, byte[]> record = CloudEventRecords.encode(
                Topics.of(command),
                command.vmId(),
                typeName(command),
                command.id(),
                command.jobId().toString(),
                time(command),
                command);
        return RecordSize.fitting(record, "Command " + command.id());
    }

    /**
     * Reads a command from the headers and the value of a record.
     *
     * @throws UndecodableException if the record is no command of ours or lacks a value that is not nullable
     */
    public static RestoreCommand decode(Headers headers, byte @Nullable [] value) {
        CloudEvent record = CloudEventRecords.read(headers, value);
        return switch (record.getType()) {
            case PLAN -> CloudEventRecords.data(record, RestoreCommand.PlanRestore.class, "PlanRestore");
            case STOP_STEPS -> CloudEventRecords.data(record, RestoreCommand.StopSteps.class, "StopSteps");
            case RUN_STEP -> CloudEventRecords.data(record, RestoreCommand.RunStep.class, "RunStep");
            default -> throw new UndecodableException("Unknown command type " + record.getType(), null);
        };
    }

    private static String typeName(RestoreCommand command) {
        return switch (command) {
            case RestoreCommand.PlanRestore _ -> PLAN;
            case RestoreCommand.StopSteps _ -> STOP_STEPS;
            case RestoreCommand.RunStep _ -> RUN_STEP;
        };
    }

    private static Instant time(RestoreCommand command) {
        return switch (command) {
            case RestoreCommand.PlanRestore plan -> plan.requestedAt();
            case RestoreCommand.StopSteps stop -> stop.requestedAt();
            case RestoreCommand.RunStep run -> run.notBefore();
        };
    }
}
