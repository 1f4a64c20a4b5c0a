package io.vmrestore.planner.dispatch;

import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.SecretCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.Overdue;
import io.vmrestore.planner.dispatch.DispatchMeters.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds each event into its restore's state and forwards what follows from it. A record that cannot be used goes to the
 * dead-letter topic: an exception would end the stream thread, and its successor would meet the same record.
 */
public final class DispatchProcessor implements Processor<String, byte[], String, ProducerRecord<String, byte[]>> {
    private static final Logger log = LoggerFactory.getLogger(DispatchProcessor.class);

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final DispatchSettings settings;
    private final Clock clock;
    private final DispatchMeters meters;
    private final DispatchProgress progress;
    private @Nullable Task task;

    /** What belongs to the partition that this processor works on. */
    private record Task(
            ProcessorContext<String, ProducerRecord<String, byte[]>> context,
            Jobs jobs,
            Erasures erasures,
            Deadlines deadlines,
            OpenCommands open) {}

    public DispatchProcessor(DispatchSettings settings, Clock clock, DispatchMeters meters, DispatchProgress progress) {
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        this.progress = progress;
    }

    /** Called again when the partition is taken up anew: everything in memory follows from the restored store. */
    @Override
    public void init(ProcessorContext<String, ProducerRecord<String, byte[]>> context) {
        Jobs jobs = new Jobs(context.getStateStore(DispatchTopology.STORE));
        Deadlines deadlines =
                new Deadlines(settings.staleAfter(), settings.planTtl(), settings.retention(), clock.instant());
        OpenCommands open = new OpenCommands();
        jobs.forEach((key, job) -> {
            deadlines.note(key, job);
            open.note(key, job, null);
        });
        Erasures erasures = new Erasures(context.getStateStore(DispatchTopology.ERASURES), settings.retryRetention());
        Task opened = new Task(context, jobs, erasures, deadlines, open);
        progress.report(this, open.summary());
        context.schedule(settings.checkInterval(), PunctuationType.WALL_CLOCK_TIME, _ -> check(opened));
        scheduleInterruptions(opened);
        task = opened;
    }

    /** The partition is given back, or this thread ends. */
    @Override
    public void close() {
        progress.forget(this);
    }

    /** Nothing can be forwarded while a processor is initialised, so it happens at the first opportunity after. */
    private void scheduleInterruptions(Task opened) {
        if (settings.onRestart() == OnRestart.RESUME) {
            return;
        }
        Instant openedAt = clock.instant();
        CompletableFuture<Cancellable> once = new CompletableFuture<>();
        once.complete(opened.context().schedule(AT_ONCE, PunctuationType.WALL_CLOCK_TIME, _ -> {
            interruptAll(opened, openedAt);
            once.join().cancel();
        }));
    }

    @Override
    public void process(Record<String, byte[]> incoming) {
        Task current = Objects.requireNonNull(task, "Kafka Streams initialises a processor before it processes");
        RestoreEvent event;
        Reaction reaction;
        try {
            event = decode(incoming);
            reaction = react(current, event, origin(current).offset());
        } catch (UnusableRecordException unusable) {
            deadLetter(current, incoming, unusable);
            return;
        }
        JobState after = reaction.after();
        if (after == null) {
            log.debug("Ignored {}: {}", event.id(), reaction.ignored());
            meters.read(Outcome.IGNORED);
        } else {
            String key = Jobs.key(after);
            current.jobs()
                    .put(
                            key,
                            new Jobs.Stored(origin(current).offset(), after),
                            Objects.requireNonNull(reaction.stored(), "a new state is encoded"));
            current.deadlines().note(key, after);
            current.erasures().note(after);
            current.open().note(key, after, event);
            progress.report(this, current.open().summary());
            meters.read(Outcome.APPLIED);
        }
        reaction.records().forEach(record -> forward(current, record));
        meters.published(reaction.decision());
    }

    private static RestoreEvent decode(Record<String, byte[]> incoming) throws UnusableRecordException {
        RestoreEvent event;
        try {
            event = EventCodec.decode(incoming.headers(), incoming.value());
        } catch (UndecodableException undecodable) {
            throw new UnusableRecordException(Outcome.UNDECODABLE, String.valueOf(undecodable.getMessage()));
        } catch (RuntimeException unforeseen) {
            throw new UnusableRecordException(
                    Outcome.UNDECODABLE,
                    "Decoding failed with " + unforeseen.getClass().getName());
        }
        if (!event.vmId().equals(incoming.key())) {
            throw new UnusableRecordException(Outcome.UNDECODABLE, "The record's key is not the VM id of its event");
        }
        return event;
    }

    private static RecordMetadata origin(Task current) {
        return current.context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record that was read has an origin"));
    }

    private Reaction react(Task current, RestoreEvent event, long offset) throws UnusableRecordException {
        Instant forgotten = clock.instant().minus(settings.retention());
        try {
            return Reaction.to(settings.policy(), current.jobs(), event, offset, forgotten);
        } catch (RuntimeException fault) {
            log.error("Dispatch failed on {}", event.id(), fault);
            throw new UnusableRecordException(
                    Outcome.FAULT, "Dispatch failed on " + event.id() + ": " + fault.getMessage());
        }
    }

    private void deadLetter(Task current, Record<String, byte[]> incoming, UnusableRecordException unusable) {
        RecordMetadata origin = origin(current);
        String cause = String.valueOf(unusable.getMessage());
        log.warn("Dead letter from {}-{}@{}: {}", origin.topic(), origin.partition(), origin.offset(), cause);
        forward(
                current,
                DeadLetters.of(
                        origin.topic(),
                        origin.partition(),
                        origin.offset(),
                        incoming.headers(),
                        incoming.key(),
                        incoming.value(),
                        cause));
        meters.read(unusable.outcome());
    }

    /** Ends what is overdue, forgets what ended long ago and destroys its secrets. */
    private void check(Task current) {
        Instant now = clock.instant();
        for (String key : current.deadlines().passed(now)) {
            Jobs.Stored stored = current.jobs().find(key);
            if (stored == null || stored.job().status().terminal()) {
                current.jobs().drop(key);
                current.deadlines().forget(key);
                current.open().forget(key);
                continue;
            }
            JobState job = stored.job();
            // Published again at each check until it is read back; repeats are recognised by their id.
            Overdue.event(job, now, settings.staleAfter(), settings.planTtl())
                    .ifPresent(event -> end(current, job, event));
        }
        // In one commit with the end of the deadline, or again after a crash: a second tombstone changes nothing.
        for (UUID jobId : current.erasures().due(now)) {
            forward(current, SecretCodec.tombstone(jobId));
            current.erasures().done(jobId);
        }
    }

    /** Ends every restore that was at work when this process took its partition up. */
    private void interruptAll(Task current, Instant openedAt) {
        Instant now = clock.instant();
        current.jobs().forEach((_, job) -> {
            if (job.lastHeartbeat().isBefore(openedAt)) {
                Overdue.atRestart(job, now).ifPresent(event -> end(current, job, event));
            }
        });
    }

    private void end(Task current, JobState job, RestoreEvent event) {
        log.warn("Restore {} of VM {} is {} and gets {}", job.jobId(), job.vmId(), job.status(), event.id());
        forward(current, EventCodec.encode(event));
        meters.overdue(event);
    }

    private void forward(Task current, ProducerRecord<String, byte[]> record) {
        // Headers travel with the record that Kafka Streams forwards; the topic is read off the value by the sink.
        current.context()
                .forward(new Record<>(record.key(), record, clock.instant().toEpochMilli(), record.headers()));
    }
}
