package io.vmrestore.executor.attempt;

import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.WaitingFor;
import io.vmrestore.executor.publish.EventPublisher;
import io.vmrestore.intake.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt tells: that it has begun, what it has made so far, signs of life, and its outcome.
 *
 * <p>News wait for a moment, and the outcome of a quick attempt takes them along: each event costs the broker and all
 * who follow it, and most attempts end before anybody could have read that they began. Who dies within that moment has
 * told nothing, as if it had died before: the command comes again, and what was made is found by its mark.
 */
final class Reports implements AutoCloseable {
    /** Longer than most calls of a cloud, too short for a person to notice. */
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final String executor;
    private final EventPublisher publisher;
    private final Heartbeats heartbeats;
    private final Assignment assignment;
    private final Consumer<Duration> heard;
    private @Nullable Future<?> heartbeat;
    private @Nullable Future<?> soon;
    private @Nullable StepStarted untold;
    private boolean news;
    private boolean closed;
    private long lastMillis;

    /** @param heard told when the broker has a sign of life: for how long the deadline has stood still */
    Reports(
            String executor,
            EventPublisher publisher,
            Heartbeats heartbeats,
            Assignment assignment,
            Consumer<Duration> heard) {
        this.executor = executor;
        this.publisher = publisher;
        this.heartbeats = heartbeats;
        this.assignment = assignment;
        this.heard = heard;
    }

    /** From now on the attempt gives signs of life, also while it waits for its time. */
    synchronized void watch(Attempt attempt) {
        heartbeat = heartbeats.every(() -> tell(attempt, true));
    }

    /** The attempt has its time and begins. */
    synchronized void begin(Attempt attempt) {
        untold = new StepStarted(attempt.address(), attempt.time().instant(), executor);
        soon = heartbeats.after(MOMENT, () -> tell(attempt, false));
    }

    /** The attempt has made something. */
    synchronized void news(Attempt attempt) {
        news = true;
        if (!closed && (soon == null || soon.isDone())) {
            soon = heartbeats.after(MOMENT, () -> tell(attempt, false));
        }
    }

    /** Publishes the outcome, behind the beginning if that is untold, and waits for the broker's acknowledgement. */
    void end(StepEvent outcome) throws ExecutionException, InterruptedException {
        StepStarted beginning = silence();
        publisher.publish(beginning == null ? List.of(outcome) : List.of(beginning, outcome));
    }

    /**
     * Tells what was made by an attempt that has no outcome because it is no longer ours, and waits for the broker's
     * acknowledgement.
     */
    void endWithoutOutcome(Attempt attempt) throws ExecutionException, InterruptedException {
        var unused = silence();
        if (!attempt.resources().isEmpty()) {
            publisher.publish(List.of(progress(attempt)));
        }
    }

    /** Nothing is told any more. */
    @Override
    public void close() {
        var unused = silence();
    }

    private synchronized void tell(Attempt attempt, boolean signOfLife) {
        if (closed || !assignment.current()) {
            return;
        }
        if (untold != null) {
            publisher.tell(untold, () -> heard.accept(attempt.outages().stoodStill()));
            untold = null;
        }
        if (news || signOfLife) {
            news = false;
            publisher.tell(
                    progress(attempt), () -> heard.accept(attempt.outages().stoodStill()));
        }
    }

    private synchronized StepProgressed progress(Attempt attempt) {
        // Ids of these events hold the millisecond: two within one would look like a repeat.
        lastMillis = Math.max(lastMillis + 1, attempt.time().millis());
        return new StepProgressed(
                attempt.address(),
                Instant.ofEpochMilli(lastMillis),
                attempt.resources(),
                attempt.detail(),
                waitingFor(attempt.waitsFor()));
    }

    private static @Nullable WaitingFor waitingFor(@Nullable Outage outage) {
        return outage == null ? null : new WaitingFor(outage.service(), outage.since(), outage.lastAnswer());
    }

    private synchronized @Nullable StepStarted silence() {
        closed = true;
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
        if (soon != null) {
            soon.cancel(false);
        }
        StepStarted beginning = untold;
        untold = null;
        return beginning;
    }
}
