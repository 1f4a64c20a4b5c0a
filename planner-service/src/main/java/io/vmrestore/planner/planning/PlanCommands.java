package io.vmrestore.planner.planning;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.PublishFailure;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreCommand.StopSteps;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.intake.Assignment;
import io.vmrestore.intake.Handler;
import io.vmrestore.survey.SurveyException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Answers each plan command with one event and returns when the broker has it. Safe to repeat: planning only reads, and
 * a second answer is recognised by its id.
 */
public final class PlanCommands implements Handler {
    private static final Duration PUBLISH_LIMIT = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(PlanCommands.class);

    private final Planner planner;
    private final UserDataKeeper userData;
    private final KafkaTemplate<String, byte[]> kafka;
    private final TimeSource time;
    private final PlanningMeters meters;
    private final FairPlaces places;

    /** @param places what plans being made occupy; shared among projects, of which one may be slow */
    public PlanCommands(
            Planner planner,
            TextSeal seal,
            KafkaTemplate<String, byte[]> kafka,
            TimeSource time,
            MeterRegistry meters,
            FairPlaces places) {
        this.places = places;
        this.planner = planner;
        this.userData = new UserDataKeeper(seal, kafka, time);
        this.kafka = kafka;
        this.time = time;
        this.meters = new PlanningMeters(meters);
    }

    @Override
    public void handle(ConsumerRecord<String, byte[]> record, Assignment assignment) throws Exception {
        RestoreCommand command;
        try {
            command = CommandCodec.decode(record.headers(), record.value());
        } catch (UndecodableException undecodable) {
            deadLetter(record, String.valueOf(undecodable.getMessage()));
            return;
        }
        switch (command) {
            case PlanRestore wanted -> {
                RestoreEvent answer;
                try (FairPlaces.Place _ = places.take(wanted.projectId())) {
                    answer = answer(wanted);
                }
                // Whoever has the partition now plans anew; this plan may be older than theirs.
                assignment.requireCurrent();
                publish(wanted, answer, record);
            }
            case RunStep run -> deadLetter(record, "Command " + run.id() + " is no plan command");
            case StopSteps stop -> deadLetter(record, "Command " + stop.id() + " is no plan command");
        }
    }

    private RestoreEvent answer(PlanRestore command) throws InterruptedException, ExecutionException, TimeoutException {
        long began = time.nanoTime();
        Planned planned;
        try {
            planned = planner.plan(command);
        } catch (SurveyException impossible) {
            return rejected(command, impossible.failure(), began);
        } catch (RuntimeException fault) {
            log.error("Planning restore {} of VM {} failed", command.jobId(), command.vmId(), fault);
            // The message of an unforeseen exception may hold anything, also what must not be in an event.
            Failure failure = Failure.of(
                    FailureKind.INTERNAL,
                    "Planning failed with a fault of its own ("
                            + fault.getClass().getSimpleName() + "); the planner's log has it under job "
                            + command.jobId());
            return rejected(command, failure, began);
        }
        Optional<Failure> tooLarge = PlanSize.refusal(planned.plan());
        if (tooLarge.isPresent()) {
            return rejected(command, tooLarge.get(), began);
        }
        Plan plan;
        try {
            plan = userData.keep(command.jobId(), planned, PUBLISH_LIMIT);
        } catch (ExecutionException | RuntimeException failed) {
            if (!PublishFailure.lasting(failed)) {
                throw failed;
            }
            String reason = "The user_data of the VM cannot be kept: " + PublishFailure.reason(failed);
            return rejected(command, Failure.of(FailureKind.UNPROCESSABLE, reason), began);
        }
        meters.planned(plan.eligible(), time.nanoTime() - began);
        return new PlanCreated(command.jobId(), command.vmId(), time.instant(), plan);
    }

    private PlanRejected rejected(PlanRestore command, Failure failure, long began) {
        log.info("No plan for restore {} of VM {}: {}", command.jobId(), command.vmId(), failure.message());
        meters.rejected(failure.kind(), time.nanoTime() - began);
        return new PlanRejected(command.jobId(), command.vmId(), time.instant(), failure);
    }

    /** An answer that no record ever holds is replaced by one that says so: to plan again would only repeat it. */
    private void publish(PlanRestore command, RestoreEvent answer, ConsumerRecord<String, byte[]> record)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            publish(EventCodec.encode(answer));
        } catch (ExecutionException | RuntimeException failed) {
            if (!PublishFailure.lasting(failed)) {
                throw failed;
            }
            String reason = "The answer of planning cannot be published: " + PublishFailure.reason(failed);
            if (answer instanceof PlanRejected) {
                deadLetter(record, reason);
            } else {
                Failure failure = Failure.of(FailureKind.UNPROCESSABLE, reason);
                publish(command, rejected(command, failure, time.nanoTime()), record);
            }
        }
    }

    private void deadLetter(ConsumerRecord<String, byte[]> record, String cause)
            throws InterruptedException, ExecutionException, TimeoutException {
        log.warn("Dead letter from {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), cause);
        meters.deadLetter();
        publish(DeadLetters.of(
                record.topic(),
                record.partition(),
                record.offset(),
                record.headers(),
                record.key(),
                record.value(),
                cause));
    }

    private void publish(ProducerRecord<String, byte[]> record)
            throws InterruptedException, ExecutionException, TimeoutException {
        time.get(kafka.send(record), PUBLISH_LIMIT);
    }
}
