package io.vmrestore.executor.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Heartbeats;
import io.vmrestore.executor.attempt.Reports;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.attempt.Uninterrupted;
import io.vmrestore.executor.publish.EventPublisher;
import io.vmrestore.executor.step.Steps;
import io.vmrestore.intake.Assignment;
import io.vmrestore.intake.Handler;
import io.vmrestore.intake.RevokedException;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.survey.SurveyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out one command: waits for its time, runs its step with a heartbeat, and publishes the outcome. The command
 * is done only when the outcome is acknowledged; whose partition was taken away publishes nothing.
 */
public final class StepRunner implements Handler {
    private static final Logger log = LoggerFactory.getLogger(StepRunner.class);

    /** A command that is taken up later than this may have been taken up before. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final String executor;
    private final OpenStack cloud;
    private final Steps steps;
    private final EventPublisher publisher;
    private final AnswerLog answers;
    private final StopCommands stops;
    private final Heartbeats heartbeats;
    private final MeterRegistry meters;
    private final FairPlaces places;
    private final InFlight inFlight = new InFlight();
    private final SignsOfLife signs = new SignsOfLife(System::nanoTime);

    /**
     * A runner for any number of commands at a time.
     *
     * @param executor name of this process in the events
     * @param places what steps at work occupy, whether they call the cloud or wait for it; shared among projects
     */
    public StepRunner(
            String executor,
            OpenStack cloud,
            Steps steps,
            EventPublisher publisher,
            AnswerLog answers,
            StopCommands stops,
            Heartbeats heartbeats,
            FairPlaces places,
            MeterRegistry meters) {
        this.places = places;
        this.executor = executor;
        this.cloud = cloud;
        this.steps = steps;
        this.publisher = publisher;
        this.answers = answers;
        this.stops = stops;
        this.heartbeats = heartbeats;
        this.meters = meters;
    }

    @Override
    public void handle(ConsumerRecord<String, byte[]> record, Assignment assignment) throws Exception {
        RunStep command;
        try {
            command = CommandReader.read(record);
        } catch (UndecodableException | IllegalArgumentException undecodable) {
            meters.counter("restore.dead.letters", "topic", record.topic()).increment();
            publisher.putAside(record, String.valueOf(undecodable.getMessage()));
            return;
        }
        signs.expect(command.id(), assignment, Duration.between(Instant.now(), command.deadline()));
        inFlight.once(command.id(), () -> {
            if (answeredBefore(command, Instant.ofEpochMilli(record.timestamp()))) {
                log.info("Step {} has its answer already", command.id());
                nameLate(command, assignment);
            } else {
                run(command, assignment);
            }
            return null;
        });
        signs.answered(command.id());
    }

    /** The command taken in that nothing was heard of for longest. */
    Optional<SignsOfLife.Silence> longestSilence() {
        return signs.longest();
    }

    private Reports reports(RunStep command, Assignment assignment) {
        return new Reports(executor, publisher, heartbeats, assignment, () -> signs.heard(command.id()));
    }

    private boolean answeredBefore(RunStep command, Instant commanded) throws InterruptedException {
        // When the step was ready says more than when the record was written: dispatch may write it again after a
        // crash.
        Instant first = command.notBefore().isBefore(commanded) ? command.notBefore() : commanded;
        return Instant.now().isAfter(command.notBefore().plus(FRESH)) && answers.answered(command.step(), first);
    }

    private Attempt attempt(RunStep command, Assignment assignment, Reports reports) {
        return new Attempt(
                command.step(),
                command.deadline(),
                assignment,
                cloud.project(command.step().projectId())
                        .withRequestId(command.step().requestId()),
                reports::news);
    }

    /** Whoever had the command before may have made something, and died before it could tell. */
    private void nameLate(RunStep command, Assignment assignment) {
        try (Reports reports = reports(command, assignment)) {
            nameMade(command, attempt(command, assignment, reports), reports);
        }
    }

    /** Tells what the step has made instead of an outcome; what cannot be told now is found by the audit. */
    private void nameMade(RunStep command, Attempt attempt, Reports reports) {
        Uninterrupted.call(() -> {
            try {
                steps.nameMade(command.task(), attempt);
            } catch (CloudException blind) {
                log.warn("Step {} could not look for what it may have made: {}", command.id(), blind.getMessage());
            }
            try {
                reports.endWithoutOutcome(attempt);
            } catch (ExecutionException | InterruptedException untold) {
                log.warn("Step {} could not tell what it has made: {}", command.id(), untold.getMessage());
            }
            return true;
        });
    }

    private void run(RunStep command, Assignment assignment) throws Exception {
        try (Reports reports = reports(command, assignment)) {
            Attempt attempt = attempt(command, assignment, reports);
            reports.watch(attempt);
            boolean stoppable = !command.step().action().rollback();
            if (stoppable) {
                stops.register(command.jobId(), attempt.stop());
            }
            try {
                StepEvent outcome = outcome(command, attempt, assignment, reports);
                assignment.requireCurrent();
                reports.end(outcome);
            } catch (InterruptedException | RevokedException takenAway) {
                if (attempt.mayHaveMade()) {
                    nameMade(command, attempt, reports);
                }
                throw takenAway;
            } finally {
                stops.deregister(command.jobId(), attempt.stop());
            }
        }
    }

    private StepEvent outcome(RunStep command, Attempt attempt, Assignment assignment, Reports reports)
            throws InterruptedException {
        awaitTime(command.notBefore(), attempt);
        try (FairPlaces.@Nullable Place _ = awaitPlace(attempt)) {
            assignment.requireCurrent();
            reports.begin(attempt);
            return outcome(command, attempt);
        }
    }

    private StepEvent outcome(RunStep command, Attempt attempt) throws InterruptedException {
        long began = System.nanoTime();
        StepEvent outcome;
        try {
            requireTime(command);
            if (attempt.stop().asked()) {
                steps.stopBefore(command.task(), attempt);
            }
            steps.execute(command.task(), attempt);
            outcome = completed(attempt);
        } catch (StepFailure failure) {
            requireNotInterrupted();
            outcome = failed(attempt, failure);
        } catch (SurveyException impossible) {
            requireNotInterrupted();
            outcome = failed(attempt, StepFailure.of(impossible));
        } catch (CloudException refused) {
            requireNotInterrupted();
            outcome = failed(attempt, StepFailure.of(refused));
        } catch (RevokedException takenAway) {
            throw takenAway;
        } catch (RuntimeException defect) {
            requireNotInterrupted();
            // The exception's text may quote what does not belong into an event.
            log.error("Step {} met a defect", command.id(), defect);
            outcome = failed(
                    attempt,
                    StepFailure.passing(
                            FailureKind.INTERNAL,
                            "The executor met a defect (" + defect.getClass().getSimpleName()
                                    + "); its log has the details under " + command.id()));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        String result = outcome instanceof StepCompleted ? "completed" : "failed";
        meters.timer("restore.step", "action", command.step().action().wireName(), "outcome", result)
                .record(took);
        log.info("Step {} {} {} in {} ms", command.id(), command.step().action().wireName(), result, took.toMillis());
        return outcome;
    }

    /** What began too late was begun by nobody, or found again by its mark; only a wait may still look once. */
    private static void requireTime(RunStep command) {
        if (!(command.task() instanceof StepTask.WaitActive) && Instant.now().isAfter(command.deadline())) {
            throw StepFailure.passing(
                    FailureKind.DEADLINE_EXCEEDED,
                    "No executor took the step up before its deadline " + command.deadline());
        }
    }

    /** The client may wrap the interrupt of a revoked attempt; such an attempt ends without an outcome. */
    private static void requireNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The step was taken away while it called the cloud");
        }
    }

    private static StepCompleted completed(Attempt attempt) {
        return new StepCompleted(
                attempt.address(), Instant.now(), attempt.resources(), attempt.detail(), attempt.result());
    }

    private static StepFailed failed(Attempt attempt, StepFailure failure) {
        return new StepFailed(
                attempt.address(),
                Instant.now(),
                failure.failure().orRequestId(attempt.address().requestId()),
                failure.retryable(),
                attempt.resources(),
                attempt.detail());
    }

    /** A stopped step needs no place to say what there is of it. */
    private FairPlaces.@Nullable Place awaitPlace(Attempt attempt) throws InterruptedException {
        try {
            return attempt.stop().during(() -> places.take(attempt.address().projectId()));
        } catch (StepFailure stopped) {
            return null;
        }
    }

    /** A step that is stopped before its time begins at once, to say so. */
    private static void awaitTime(Instant notBefore, Attempt attempt) throws InterruptedException {
        Duration early = Duration.between(Instant.now(), notBefore);
        if (!early.isPositive() || attempt.stop().asked()) {
            return;
        }
        try {
            attempt.stop().during(() -> {
                Thread.sleep(early);
                return notBefore;
            });
        } catch (StepFailure stopped) {
            log.info("Step {} is stopped before its time", attempt.address().id());
        }
    }
}
