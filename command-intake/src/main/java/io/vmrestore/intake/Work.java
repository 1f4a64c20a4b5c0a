package io.vmrestore.intake;

import io.vmrestore.common.retry.Backoff;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One record at work on its virtual thread: tried until it succeeds, its assignment ends or the intake closes. */
final class Work implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Work.class);

    private final long number;
    private final ConsumerRecord<String, byte[]> record;
    private final PartitionProgress assignment;
    private final Workshop workshop;
    private final Thread thread;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

    /**
     * What all work of one intake shares.
     *
     * @param closing is complete when nothing shall be tried again
     * @param finished is told of work that succeeded, on its own thread
     * @param ended is told of all work at its end, on its own thread
     */
    record Workshop(
            Handler handler,
            Backoff backoff,
            IntakeMeters meters,
            CompletableFuture<@Nullable Void> closing,
            TimeSource time,
            Chance chance,
            Consumer<Work> finished,
            Consumer<Work> ended) {}

    Work(long number, ConsumerRecord<String, byte[]> record, PartitionProgress assignment, Workshop workshop) {
        this.number = number;
        this.record = record;
        this.assignment = assignment;
        this.workshop = workshop;
        thread = Thread.ofVirtual().name(place()).unstarted(this);
    }

    /** Tells the work of one poller apart. */
    long number() {
        return number;
    }

    PartitionProgress assignment() {
        return assignment;
    }

    void start() {
        thread.start();
    }

    /** Asks the handler to stop; the assignment must have ended before, or the record is tried again. */
    void stop() {
        thread.interrupt();
    }

    /** Takes note in the assignment's books; called by the thread that owns them. */
    void settle() {
        assignment.answered(record.offset());
    }

    /** Waits for the end. */
    boolean join(Duration limit) throws InterruptedException {
        return workshop.time().await(end, limit);
    }

    @Override
    public void run() {
        try {
            if (succeeded()) {
                workshop.meters().finished();
                workshop.finished().accept(this);
            }
        } finally {
            workshop.ended().accept(this);
            end.complete(null);
        }
    }

    // An Error of one record must not lose that record either.
    @SuppressWarnings("CatchingUnchecked")
    private boolean succeeded() {
        for (int attempt = 1; assignment.current(); attempt++) {
            try {
                workshop.handler().handle(record, assignment);
                return true;
            } catch (Throwable failure) {
                if (!assignment.current() || !paused(attempt, failure)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Whether to try again after the pause. */
    private boolean paused(int attempt, Throwable failure) {
        Duration pause = workshop.backoff().after(attempt, workshop.chance());
        workshop.meters().retried();
        log.warn(
                "Attempt {} at record {} failed ({}); trying again in {} ms",
                attempt,
                place(),
                failure.toString(),
                pause.toMillis(),
                attempt == 1 ? failure : null);
        try {
            return !workshop.time().await(workshop.closing(), pause);
        } catch (InterruptedException stopped) {
            // Either the assignment has ended, which the caller looks at, or the handler left its own interrupt behind.
            return true;
        }
    }

    private String place() {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
