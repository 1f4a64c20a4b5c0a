package io.vmrestore.executor.attempt;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.intake.RevokedException;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.support.metrics.Meters;
import io.vmrestore.survey.SurveyException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has an attempt carry its step out and makes the event that tells how it ended. Times and logs each of them. */
final class Outcomes {
    private static final Logger log = LoggerFactory.getLogger(Outcomes.class);

    private final PatientRun run;
    private final TimeSource time;
    private final Meters meters;

    Outcomes(PatientRun run, TimeSource time, MeterRegistry meters) {
        this.run = run;
        this.time = time;
        this.meters = new Meters(meters);
    }

    /**
     * Completed or failed.
     *
     * @param place the attempt's; given back while it waits for a service
     * @throws InterruptedException if the attempt is no longer ours and has no outcome
     */
    StepEvent of(RunStep command, BoundStep step, Attempt attempt, WorkPlace place) throws InterruptedException {
        long began = time.nanoTime();
        StepEvent outcome = outcome(command, step, attempt, place);
        Duration took = time.since(began);
        String action = command.step().action().wireName();
        String result = outcome instanceof StepCompleted ? "completed" : "failed";
        meters.timer(Metric.STEPS, action, result).record(took);
        log.info("Step {} {} {} in {} ms", command.id(), action, result, took.toMillis());
        return outcome;
    }

    private StepEvent outcome(RunStep command, BoundStep step, Attempt attempt, WorkPlace place)
            throws InterruptedException {
        try {
            requireTime(command, step);
            if (attempt.stop().asked()) {
                stopBefore(step, attempt);
            }
            run.carryOut(step, attempt, command.waitsWithoutEnd(), place);
            return completed(attempt);
        } catch (StepFailure failure) {
            PatientRun.requireNotInterrupted();
            return failed(attempt, failure);
        } catch (SurveyException impossible) {
            PatientRun.requireNotInterrupted();
            return failed(attempt, StepFailure.of(impossible));
        } catch (CloudException refused) {
            PatientRun.requireNotInterrupted();
            return failed(attempt, StepFailure.of(refused));
        } catch (RevokedException takenAway) {
            throw takenAway;
        } catch (RuntimeException defect) {
            PatientRun.requireNotInterrupted();
            // The exception's text may quote what does not belong into an event.
            log.error("Step {} met a defect", command.id(), defect);
            return failed(
                    attempt,
                    StepFailure.passing(
                            FailureKind.INTERNAL,
                            "The executor met a defect (" + defect.getClass().getSimpleName()
                                    + "); its log has the details under " + command.id()));
        }
    }

    /** What began too late was begun by nobody, or found again by its mark; only a wait may still look once. */
    private void requireTime(RunStep command, BoundStep step) {
        if (!step.mayBeginLate() && time.instant().isAfter(command.deadline())) {
            throw StepFailure.passing(
                    FailureKind.DEADLINE_EXCEEDED,
                    "No executor took the step up before its deadline " + command.deadline());
        }
    }

    /**
     * Ends a step before it began, because its restore is being stopped: an earlier attempt may have made something
     * that nobody has heard of, and it must not stay without a name.
     */
    private static void stopBefore(BoundStep step, Attempt attempt) {
        step.nameMade(attempt);
        throw StopSignal.stopped();
    }

    private StepCompleted completed(Attempt attempt) {
        return new StepCompleted(
                attempt.address(), time.instant(), attempt.resources(), attempt.detail(), attempt.result());
    }

    private StepFailed failed(Attempt attempt, StepFailure failure) {
        return new StepFailed(
                attempt.address(),
                time.instant(),
                failure.failure().orRequestId(attempt.address().requestId()),
                failure.retryable(),
                attempt.resources(),
                attempt.detail());
    }
}
