package io.vmrestore.executor.command;

import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes step commands of records. */
final class CommandReader {
    private CommandReader() {}

    /**
     * The record's command.
     *
     * @throws io.vmrestore.common.codec.UndecodableException if the record is no command
     * @throws IllegalArgumentException if it is a command for no step, or lacks what a step needs
     */
    static RunStep read(ConsumerRecord<String, byte[]> record) {
        return switch (CommandCodec.decode(record.headers(), record.value())) {
            case RunStep command -> complete(command);
            case RestoreCommand.PlanRestore _, RestoreCommand.StopSteps _ ->
                throw new IllegalArgumentException("A command for no step does not belong to " + record.topic());
        };
    }

    // Records come from outside, where a field that is never null here may be missing.
    @SuppressWarnings("ConstantValue")
    private static RunStep complete(RunStep command) {
        if (command.step() == null
                || command.step().jobId() == null
                || command.step().vmId() == null
                || command.step().projectId() == null
                || command.step().action() == null
                || command.notBefore() == null
                || command.deadline() == null
                || command.task() == null) {
            throw new IllegalArgumentException("RunStep lacks its step, its times or its task");
        }
        return command;
    }
}
