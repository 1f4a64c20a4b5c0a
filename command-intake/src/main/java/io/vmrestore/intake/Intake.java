package io.vmrestore.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.retry.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics as a member of a consumer group and runs every record on a virtual thread, up to a window of records at
 * once. A slow record delays no other; its offset is committed when it and all before it in its partition are done. At
 * least once: after a crash or a change of owner, records that were done may run again.
 */
public final class Intake implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private static final Backoff RECORD_BACKOFF = Backoff.scattered(Duration.ofMillis(100), Duration.ofSeconds(10));
    private static final Backoff CONSUMER_BACKOFF = Backoff.scattered(Duration.ofMillis(500), Duration.ofSeconds(30));
    /** What closing may take beyond the wait for records at work: stopping them, a last commit, leaving the group. */
    private static final Duration CLOSING = Duration.ofSeconds(12);

    private final IntakeSettings settings;
    private final Handler handler;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Backoff consumerBackoff;
    private final IntakeMeters meters;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    Intake(
            IntakeSettings settings,
            Handler handler,
            MeterRegistry registry,
            Supplier<Consumer<String, byte[]>> consumers,
            Backoff consumerBackoff) {
        this.settings = settings;
        this.handler = handler;
        this.consumers = consumers;
        this.consumerBackoff = consumerBackoff;
        meters = new IntakeMeters(registry, settings.name());
        thread = Thread.ofPlatform().name("intake-" + settings.name()).unstarted(this::supervise);
    }

    /** Starts to read. A broker that is away is no error: the intake begins when the broker comes. */
    public static Intake start(IntakeSettings settings, Handler handler, MeterRegistry meters) {
        Supplier<Consumer<String, byte[]>> consumers = () -> new KafkaConsumer<>(ConsumerProperties.of(settings));
        return new Intake(settings, handler, meters, consumers, CONSUMER_BACKOFF).started();
    }

    /**
     * Whether the consumer works; false before the first poll and from a failure until its replacement's first poll.
     */
    public boolean healthy() {
        return meters.healthy();
    }

    /** How many records are at work. */
    public int inFlight() {
        return meters.inFlight();
    }

    /** Whether the window is full, so that nothing more is fetched. */
    public boolean paused() {
        return meters.paused();
    }

    /** The age of the oldest record at work; zero if there is none. */
    public Duration oldestUnanswered() {
        return meters.oldestUnanswered();
    }

    /**
     * Begins no more records, waits the close timeout for those at work, stops the rest, commits what is done and
     * leaves the group. What was stopped is delivered to the next member.
     */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(settings.closeTimeout().plus(CLOSING))) {
                log.warn("Intake {} did not end in time", settings.name());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        meters.close();
    }

    Intake started() {
        thread.start();
        return this;
    }

    // Whatever happens to a consumer, an intake that silently reads no more is worse than a new try.
    @SuppressWarnings("CatchingUnchecked")
    private void supervise() {
        int failures = 0;
        while (closing.getCount() > 0) {
            try {
                new Poller(settings, consumers.get(), handler, RECORD_BACKOFF, meters, closing).run();
            } catch (Throwable failure) {
                failures = meters.healthy() ? 1 : failures + 1;
                restart(failures, failure);
            }
            meters.stopped();
        }
    }

    private void restart(int failures, Throwable failure) {
        Duration pause = consumerBackoff.after(failures, ThreadLocalRandom.current());
        meters.stopped();
        meters.restarted();
        log.error(
                "The consumer of intake {} failed; a new one follows in {} ms",
                settings.name(),
                pause.toMillis(),
                failure);
        // Clears an interrupt that ended the consumer, or the new one would end at once too.
        boolean interrupted = Thread.interrupted();
        try {
            boolean closed = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            log.debug("Intake {}: interrupted {}, closed {}", settings.name(), interrupted, closed);
        } catch (InterruptedException hurry) {
            log.warn("Intake {} was interrupted and goes on", settings.name());
        }
    }
}
