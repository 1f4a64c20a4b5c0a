package io.vmrestore.verification.simulation;

import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.Topics;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Holds everybody to publishing before acknowledging: a command that is committed has its answer in the log. */
final class AcknowledgementRule {
    private static final List<EventType> ANSWERS =
            Arrays.stream(EventType.values()).filter(EventType::answers).toList();
    private static final List<EventType> ENDS =
            Arrays.stream(EventType.values()).filter(EventType::terminal).toList();

    private final Set<String> published = new HashSet<>();

    void appended(ProducerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.EVENTS)) {
            published.add(Records.id(record));
        }
    }

    /** Somebody says that all records from one offset up to another are done. */
    void committed(PartitionLog log, long from, long to) {
        if (!log.partition().topic().startsWith("restore.commands.")) {
            return;
        }
        for (ConsumerRecord<String, byte[]> record = log.next(from);
                record != null && record.offset() < to;
                record = log.next(record.offset() + 1)) {
            if (!answered(record)) {
                throw new AssertionError(
                        "Command " + Records.id(record) + " is acknowledged before its outcome is published");
            }
        }
    }

    private boolean answered(ConsumerRecord<String, byte[]> record) {
        RestoreCommand command;
        try {
            command = CommandCodec.decode(record.headers(), record.value());
        } catch (UndecodableException undecodable) {
            throw new AssertionError("A command cannot be decoded", undecodable);
        }
        String asked = switch (command) {
            case RestoreCommand.RunStep run -> run.id();
            case RestoreCommand.PlanRestore plan -> plan.jobId().toString();
            case RestoreCommand.StopSteps stop -> throw new AssertionError(stop.id() + " is in no group's topic");
        };
        return ANSWERS.stream().anyMatch(answer -> published.contains(answer.idOf(asked)))
                || ENDS.stream()
                        .anyMatch(end ->
                                published.contains(end.idOf(command.jobId().toString())));
    }
}
