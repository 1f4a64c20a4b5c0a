package io.vmrestore.executor.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.executor.attempt.AttemptRunner;
import io.vmrestore.executor.attempt.BoundStep;
import io.vmrestore.executor.publish.EventPublisher;
import io.vmrestore.executor.step.Steps;
import io.vmrestore.intake.Assignment;
import io.vmrestore.intake.Handler;
import io.vmrestore.support.metrics.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one command in: puts aside what is none, leaves alone what was answered before, and has an attempt made of the
 * rest. The command is done only when its outcome is acknowledged.
 */
public final class CommandHandler implements Handler {
    private static final Logger log = LoggerFactory.getLogger(CommandHandler.class);

    /** A command that is taken up later than this may have been taken up before. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final Steps steps;
    private final AttemptRunner attempts;
    private final AnswerLog answers;
    private final EventPublisher publisher;
    private final TimeSource time;
    private final Meters meters;
    private final InFlight inFlight = new InFlight();
    private final SignsOfLife signs;

    /** A handler for any number of commands at a time. */
    public CommandHandler(
            Steps steps,
            AttemptRunner attempts,
            AnswerLog answers,
            EventPublisher publisher,
            TimeSource time,
            MeterRegistry meters) {
        this.steps = steps;
        this.attempts = attempts;
        this.answers = answers;
        this.publisher = publisher;
        this.time = time;
        this.meters = new Meters(meters);
        signs = new SignsOfLife(time::nanoTime);
    }

    @Override
    public void handle(ConsumerRecord<String, byte[]> record, Assignment assignment) throws Exception {
        RunStep command;
        BoundStep step;
        try {
            command = CommandReader.read(record);
            step = steps.bind(command.step().action(), command.task());
        } catch (UndecodableException | IllegalArgumentException undecodable) {
            meters.counter(Metric.STEP_DEAD_LETTERS, record.topic()).increment();
            publisher.putAside(record, String.valueOf(undecodable.getMessage()));
            return;
        }
        signs.expect(command.id(), assignment, Duration.between(time.instant(), command.deadline()));
        inFlight.once(command.id(), () -> {
            Consumer<Duration> heard = stoodStill -> signs.heard(command.id(), stoodStill);
            if (answeredBefore(command, Instant.ofEpochMilli(record.timestamp()))) {
                log.info("Step {} has its answer already", command.id());
                attempts.nameLate(command, step, assignment, heard);
            } else {
                attempts.run(prolonged(command), step, assignment, heard);
            }
            return null;
        });
        signs.answered(command.id());
    }

    /** With more time, where an executor that is gone has waited for a service within the attempt. */
    private RunStep prolonged(RunStep command) throws InterruptedException {
        if (!time.instant().isAfter(command.deadline())) {
            return command;
        }
        RunStep going = command.until(answers.deadline(command));
        signs.prolong(command.id(), Duration.between(time.instant(), going.deadline()));
        return going;
    }

    /** The command taken in that nothing was heard of for longest. */
    Optional<SignsOfLife.Silence> longestSilence() {
        return signs.longest();
    }

    private boolean answeredBefore(RunStep command, Instant commanded) throws InterruptedException {
        // When the step was ready says more than when the record was written: dispatch may write it again after a
        // crash.
        Instant first = command.notBefore().isBefore(commanded) ? command.notBefore() : commanded;
        return time.instant().isAfter(command.notBefore().plus(FRESH)) && answers.answered(command.step(), first);
    }
}
