package io.vmrestore.executor.attempt;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.retry.Backoff;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import io.vmrestore.openstack.failure.FailureClass;
import io.vmrestore.survey.SurveyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a step out and waits out what is no answer: within the attempt, with growing pauses, without a place. A step
 * is safe to repeat, so after each pause it begins anew and finds what it has made by its mark.
 */
final class PatientRun {
    private static final Logger log = LoggerFactory.getLogger(PatientRun.class);

    /** States that pass do so within seconds. */
    private static final Backoff WHILE_A_STATE_PASSES =
            Backoff.scattered(Duration.ofMillis(500), Duration.ofSeconds(5));

    /** What a service asks for at most; a header may be wrong. */
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

    private final OutagePatience patience;
    private final TimeSource time;
    private final Chance chance;

    PatientRun(OutagePatience patience, TimeSource time, Chance chance) {
        this.patience = patience;
        this.time = time;
        this.chance = chance;
    }

    /**
     * Returns when the step is carried out.
     *
     * @param withoutEnd whether outages are waited for however long they last
     * @throws StepFailure if it cannot be, an outage outlasts the patience, or the attempt is asked to stop
     * @throws CloudException if the cloud refused
     * @throws InterruptedException if the attempt is no longer ours
     */
    void carryOut(BoundStep step, Attempt attempt, boolean withoutEnd, WorkPlace place) throws InterruptedException {
        @Nullable Outage before = null;
        int failures = 0;
        while (true) {
            @Nullable FailedCall unanswered;
            @Nullable Duration asked = null;
            try {
                step.execute(attempt);
                return;
            } catch (CloudException failed) {
                requireNotInterrupted();
                failures++;
                asked = failed.retryAfter();
                unanswered = switch (FailureClass.of(failed)) {
                    case REFUSAL -> throw failed;
                    case PASSING_STATE -> {
                        awaitState(failed, failures, step, attempt);
                        yield null;
                    }
                    case OUTAGE -> failed.call();
                };
            } catch (SurveyException late) {
                requireNotInterrupted();
                failures++;
                unanswered = unanswered(late, attempt);
            }
            if (unanswered == null) {
                continue;
            }
            Outage outage = attempt.outages().met(unanswered);
            if (before != null && !before.since().equals(outage.since())) {
                failures = 1;
            }
            before = outage;
            await(outage, failures, asked, withoutEnd, step, attempt, place);
        }
    }

    /** Reads that took too long all together: whoever was asked last gave no answer. */
    private static FailedCall unanswered(SurveyException late, Attempt attempt) {
        Failure failure = late.failure();
        boolean noAnswer =
                failure.kind() == FailureKind.CLOUD_TIMEOUT || failure.kind() == FailureKind.CLOUD_UNAVAILABLE;
        if (!noAnswer || failure.service() == null) {
            throw late;
        }
        return new FailedCall(
                failure.service(),
                "GET",
                "",
                Objects.requireNonNullElse(failure.httpStatus(), 0),
                failure.message(),
                Objects.requireNonNullElse(
                        failure.requestId(), attempt.address().requestId()),
                null);
    }

    private void await(
            Outage outage,
            int failures,
            @Nullable Duration asked,
            boolean withoutEnd,
            BoundStep step,
            Attempt attempt,
            WorkPlace place)
            throws InterruptedException {
        Instant end = withoutEnd ? Instant.MAX : outage.since().plus(patience.limit());
        Instant now = time.instant();
        if (!now.isBefore(end)) {
            nameMade(step, attempt);
            throw StepFailure.lasting(exhausted(outage));
        }
        Duration pause = patience.pauses().after(failures, chance);
        if (asked != null && asked.compareTo(pause) > 0) {
            pause = asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
        }
        if (now.plus(pause).isAfter(end)) {
            pause = Duration.between(now, end);
        }
        log.info(
                "Step {} waits for the {} service since {}: {}",
                attempt.address().id(),
                outage.service(),
                outage.since(),
                outage.lastAnswer());
        attempt.tell();
        place.close();
        sleep(pause, step, attempt);
        place.take();
        attempt.outages().resumed();
        requireGoingOn(step, attempt);
    }

    /** Within the step's own time: its service has answered, only not as it will in a moment. */
    private void awaitState(CloudException conflict, int failures, BoundStep step, Attempt attempt)
            throws InterruptedException {
        Duration pause = WHILE_A_STATE_PASSES.after(failures, chance);
        if (time.instant().plus(pause).isAfter(attempt.deadline())) {
            throw conflict;
        }
        attempt.note("waiting_for_state", conflict.cloudMessage());
        sleep(pause, step, attempt);
        requireGoingOn(step, attempt);
    }

    private void sleep(Duration pause, BoundStep step, Attempt attempt) throws InterruptedException {
        try {
            attempt.stop().during(() -> {
                time.sleep(pause);
                return pause;
            });
        } catch (StepFailure stopped) {
            nameMade(step, attempt);
            throw stopped;
        }
    }

    private static void requireGoingOn(BoundStep step, Attempt attempt) {
        attempt.requireOurs();
        if (attempt.stop().asked()) {
            nameMade(step, attempt);
            throw StopSignal.stopped();
        }
    }

    /** An unanswered call may have made something; what cannot be looked for now is found by the audit. */
    private static void nameMade(BoundStep step, Attempt attempt) {
        if (!attempt.mayHaveMade() && attempt.address().attempt() == 1) {
            return;
        }
        try {
            step.nameMade(attempt);
        } catch (CloudException blind) {
            log.warn(
                    "Step {} could not look for what it may have made: {}",
                    attempt.address().id(),
                    blind.getMessage());
        }
    }

    private Failure exhausted(Outage outage) {
        FailedCall call = outage.call();
        String request = call.path().isEmpty() ? "" : " to " + call.method() + " " + call.path();
        String message = "The " + outage.service() + " service has given no answer since " + outage.since()
                + ", longer than RESTORE_OUTAGE_PATIENCE (" + patience.limit() + "). The last was: "
                + outage.lastAnswer() + request + ", request " + outage.requestId()
                + ". Bring the service back, then restore again";
        return new Failure(
                FailureKind.CLOUD_UNAVAILABLE,
                message,
                outage.service(),
                call.status() == 0 ? null : call.status(),
                outage.requestId());
    }

    /** The client may wrap the interrupt of a revoked attempt; such an attempt ends without an outcome. */
    static void requireNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The step was taken away while it called the cloud");
        }
    }
}
