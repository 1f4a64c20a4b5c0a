package io.vmrestore.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.retry.Backoff;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
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
    private final TimeSource time;
    private final Chance chance;
    private final IntakeMeters meters;
    private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private final Thread thread;

    Intake(
            IntakeSettings settings,
            Handler handler,
            MeterRegistry registry,
            Supplier<Consumer<String, byte[]>> consumers,
            Backoff consumerBackoff,
            TimeSource time,
            Chance chance) {
        this.settings = settings;
        this.handler = handler;
        this.consumers = consumers;
        this.consumerBackoff = consumerBackoff;
        this.time = time;
        this.chance = chance;
        meters = new IntakeMeters(registry, settings.name(), time);
        thread = time.thread("intake-" + settings.name(), this::run);
    }

    /** Starts to read. A broker that is away is no error: the intake begins when the broker comes. */
    public static Intake start(
            IntakeSettings settings, Handler handler, MeterRegistry meters, TimeSource time, Chance chance) {
        return start(
                settings, handler, meters, time, chance, () -> new KafkaConsumer<>(ConsumerProperties.of(settings)));
    }

    /** As above, with consumers of the given supplier, which must be those that the settings describe. */
    public static Intake start(
            IntakeSettings settings,
            Handler handler,
            MeterRegistry meters,
            TimeSource time,
            Chance chance,
            Supplier<Consumer<String, byte[]>> consumers) {
        return new Intake(settings, handler, meters, consumers, CONSUMER_BACKOFF, time, chance).started();
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
        closing.complete(null);
        try {
            if (!time.await(end, settings.closeTimeout().plus(CLOSING))) {
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

    private void run() {
        try {
            supervise();
        } finally {
            end.complete(null);
        }
    }

    // Whatever happens to a consumer, an intake that silently reads no more is worse than a new try.
    @SuppressWarnings("CatchingUnchecked")
    private void supervise() {
        int failures = 0;
        while (!closing.isDone()) {
            try {
                new Poller(settings, consumers.get(), handler, RECORD_BACKOFF, meters, closing, time, chance).run();
            } catch (Throwable failure) {
                failures = meters.healthy() ? 1 : failures + 1;
                restart(failures, failure);
            }
            meters.stopped();
        }
    }

    private void restart(int failures, Throwable failure) {
        Duration pause = consumerBackoff.after(failures, chance);
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
            boolean closed = time.await(closing, pause);
            log.debug("Intake {}: interrupted {}, closed {}", settings.name(), interrupted, closed);
        } catch (InterruptedException hurry) {
            log.warn("Intake {} was interrupted and goes on", settings.name());
        }
    }
}
