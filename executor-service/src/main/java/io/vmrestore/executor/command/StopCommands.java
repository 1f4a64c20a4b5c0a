package io.vmrestore.executor.command;

import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.executor.attempt.StopSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for restores that are to be stopped. Every executor hears of every one, for any of them may hold the step
 * that waits, and reads what was said before it started: a step that comes to it again may belong to such a restore.
 */
public final class StopCommands implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StopCommands.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final List<TopicPartition> PARTITIONS = List.of(new TopicPartition(Topics.STOP_COMMANDS, 0));

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final StopSignals stops;
    private final TimeSource time;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private volatile boolean closed;
    private @Nullable Thread listener;
    private volatile @Nullable Consumer<String, byte[]> reading;

    /** @param consumers makes consumers that read committed records and belong to no group */
    public StopCommands(Supplier<Consumer<String, byte[]>> consumers, StopSignals stops, TimeSource time) {
        this.consumers = consumers;
        this.stops = stops;
        this.time = time;
    }

    /** Begins to listen, in a thread of its own that goes on through outages of the broker. */
    public synchronized void start() {
        if (listener == null && !closed) {
            Thread thread = time.thread("stop-commands", this::run);
            thread.setDaemon(true);
            thread.start();
            listener = thread;
        }
    }

    private void run() {
        try {
            listen();
        } finally {
            end.complete(null);
        }
    }

    private void listen() {
        while (!closed) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                reading = consumer;
                consumer.assign(PARTITIONS);
                consumer.seekToBeginning(PARTITIONS);
                while (!closed) {
                    consumer.poll(POLL).forEach(this::take);
                }
            } catch (WakeupException closing) {
                return;
            } catch (KafkaException fault) {
                log.warn("Stop commands cannot be read at the moment: {}", fault.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            time.sleep(AFTER_FAULT);
        } catch (InterruptedException hurry) {
            log.debug("The pause is cut short");
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            switch (CommandCodec.decode(record.headers(), record.value())) {
                case RestoreCommand.StopSteps command ->
                    stops.stop(command.jobId(), Instant.ofEpochMilli(record.timestamp()));
                case RestoreCommand.RunStep _, RestoreCommand.PlanRestore _ ->
                    log.error("Record {}@{} is no stop command", record.topic(), record.offset());
            }
        } catch (UndecodableException undecodable) {
            // Every executor reads it, so putting it aside would put it aside many times; it stays where it is.
            log.error("Record {}@{} is no command: {}", record.topic(), record.offset(), undecodable.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread running;
        synchronized (this) {
            running = listener;
        }
        Consumer<String, byte[]> waiting = reading;
        if (waiting != null) {
            waiting.wakeup();
        }
        if (running != null) {
            try {
                time.await(end, AFTER_FAULT.multipliedBy(2));
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
