package io.vmrestore.executor.attempt;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.executor.publish.EventPublisher;
import io.vmrestore.intake.Assignment;
import io.vmrestore.intake.RevokedException;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.failure.CloudException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an attempt through its life: it waits for its time and a place, carries its step out with a heartbeat, and
 * publishes its outcome. One whose partition was taken away publishes none, but names what it made.
 */
public final class AttemptRunner {
    private static final Logger log = LoggerFactory.getLogger(AttemptRunner.class);

    private final String executor;
    private final OpenStack cloud;
    private final EventPublisher publisher;
    private final StopSignals stops;
    private final Heartbeats heartbeats;
    private final FairPlaces places;
    private final TimeSource time;
    private final Outcomes outcomes;

    /**
     * A runner for any number of attempts at a time.
     *
     * @param executor name of this process in the events
     * @param places what steps at work occupy, whether they call the cloud or wait for what it does; shared among
     *     projects
     * @param patience how long a step waits for a service that gives no answer
     */
    public AttemptRunner(
            String executor,
            OpenStack cloud,
            EventPublisher publisher,
            StopSignals stops,
            Heartbeats heartbeats,
            FairPlaces places,
            OutagePatience patience,
            TimeSource time,
            Chance chance,
            MeterRegistry meters) {
        this.executor = executor;
        this.cloud = cloud;
        this.publisher = publisher;
        this.stops = stops;
        this.heartbeats = heartbeats;
        this.places = places;
        this.time = time;
        outcomes = new Outcomes(new PatientRun(patience, time, chance), time, meters);
    }

    /**
     * Makes one attempt; its outcome is acknowledged when this returns.
     *
     * @param heard told when the broker has a sign of life: for how long the deadline has stood still
     * @throws InterruptedException or {@link RevokedException} if it is no longer ours
     */
    public void run(RunStep command, BoundStep step, Assignment assignment, Consumer<Duration> heard)
            throws InterruptedException, ExecutionException {
        try (Reports reports = reports(assignment, heard)) {
            Attempt attempt = attempt(command, assignment, reports);
            reports.watch(attempt);
            boolean stoppable = !command.step().action().rollback();
            if (stoppable) {
                stops.register(command.jobId(), attempt.stop());
            }
            try {
                StepEvent outcome = outcome(command, step, attempt, assignment, reports);
                assignment.requireCurrent();
                reports.end(outcome);
            } catch (InterruptedException | RevokedException takenAway) {
                if (attempt.mayHaveMade()) {
                    nameMade(step, attempt, reports);
                }
                throw takenAway;
            } finally {
                stops.deregister(command.jobId(), attempt.stop());
            }
        }
    }

    /** Whoever had the command before may have made something, and died before it could tell. */
    public void nameLate(RunStep command, BoundStep step, Assignment assignment, Consumer<Duration> heard) {
        try (Reports reports = reports(assignment, heard)) {
            nameMade(step, attempt(command, assignment, reports), reports);
        }
    }

    private Reports reports(Assignment assignment, Consumer<Duration> heard) {
        return new Reports(executor, publisher, heartbeats, assignment, heard);
    }

    private Attempt attempt(RunStep command, Assignment assignment, Reports reports) {
        return new Attempt(
                command.step(),
                command.deadline(),
                assignment,
                cloud.project(command.step().projectId())
                        .withRequestId(command.step().requestId()),
                time,
                reports::news);
    }

    private StepEvent outcome(RunStep command, BoundStep step, Attempt attempt, Assignment assignment, Reports reports)
            throws InterruptedException {
        awaitTime(command.notBefore(), attempt);
        try (WorkPlace place = new WorkPlace(places, attempt)) {
            place.take();
            assignment.requireCurrent();
            reports.begin(attempt);
            return outcomes.of(command, step, attempt, place);
        }
    }

    /** Tells what the step has made instead of an outcome; what cannot be told now is found by the audit. */
    private static void nameMade(BoundStep step, Attempt attempt, Reports reports) {
        String id = attempt.address().id();
        Uninterrupted.call(() -> {
            try {
                step.nameMade(attempt);
            } catch (CloudException blind) {
                log.warn("Step {} could not look for what it may have made: {}", id, blind.getMessage());
            }
            try {
                reports.endWithoutOutcome(attempt);
            } catch (ExecutionException | InterruptedException untold) {
                log.warn("Step {} could not tell what it has made: {}", id, untold.getMessage());
            }
            return true;
        });
    }

    /** A step that is stopped before its time begins at once, to say so. */
    private void awaitTime(Instant notBefore, Attempt attempt) throws InterruptedException {
        Duration early = Duration.between(time.instant(), notBefore);
        if (!early.isPositive() || attempt.stop().asked()) {
            return;
        }
        try {
            attempt.stop().during(() -> {
                time.sleep(early);
                return notBefore;
            });
        } catch (StepFailure stopped) {
            log.info("Step {} is stopped before its time", attempt.address().id());
        }
    }
}
