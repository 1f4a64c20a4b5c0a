package io.vmrestore.planner.dispatch;

import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.core.Dispatch;
import io.vmrestore.common.core.JobState;
import io.vmrestore.planner.RecordSize;
import io.vmrestore.planner.dispatch.DispatchMeters.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
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
final class DispatchProcessor implements Processor<String, byte[], String, ProducerRecord<String, byte[]>> {
    private static final Logger log = LoggerFactory.getLogger(DispatchProcessor.class);

    private final DispatchSettings settings;
    private final Clock clock;
    private final DispatchMeters meters;
    private @Nullable Task task;

    /** What belongs to the partition that this processor works on. */
    private record Task(
            ProcessorContext<String, ProducerRecord<String, byte[]>> context, Jobs jobs, Deadlines deadlines) {}

    DispatchProcessor(DispatchSettings settings, Clock clock, DispatchMeters meters) {
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    /** Called again when the partition is taken up anew: everything in memory follows from the restored store. */
    @Override
    public void init(ProcessorContext<String, ProducerRecord<String, byte[]>> context) {
        Jobs jobs = new Jobs(context.getStateStore(DispatchTopology.STORE));
        Deadlines deadlines = new Deadlines(settings.staleAfter(), settings.retention(), clock.instant());
        jobs.forEach(deadlines::note);
        Task opened = new Task(context, jobs, deadlines);
        context.schedule(settings.checkInterval(), PunctuationType.WALL_CLOCK_TIME, _ -> check(opened));
        task = opened;
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
            current.jobs().put(key, Objects.requireNonNull(reaction.stored(), "a new state is encoded"));
            current.deadlines().note(key, after);
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
        byte[] value = incoming.value();
        boolean tooLarge = value != null && !RecordSize.fits(value);
        String cause = String.valueOf(unusable.getMessage())
                + (tooLarge ? " (its " + value.length + " bytes do not fit here and stay at the origin)" : "");
        log.warn("Dead letter from {}-{}@{}: {}", origin.topic(), origin.partition(), origin.offset(), cause);
        forward(
                current,
                DeadLetters.of(
                        origin.topic(),
                        origin.partition(),
                        origin.offset(),
                        incoming.headers(),
                        incoming.key(),
                        tooLarge ? null : value,
                        cause));
        meters.read(unusable.outcome());
    }

    /** Interrupts restores that have fallen silent and forgets those that ended long ago. */
    private void check(Task current) {
        Instant now = clock.instant();
        for (String key : current.deadlines().passed(now)) {
            Jobs.Stored stored = current.jobs().find(key);
            if (stored == null || stored.job().status().terminal()) {
                current.jobs().drop(key);
                current.deadlines().forget(key);
                continue;
            }
            JobState job = stored.job();
            // Published again at each check until it is read back; repeats are recognised by their id.
            Dispatch.interruptStale(job, now, settings.staleAfter()).ifPresent(interrupted -> {
                log.warn("Restore {} of VM {} has fallen silent in {}", job.jobId(), job.vmId(), job.status());
                forward(current, EventCodec.encode(interrupted));
                meters.interrupted();
            });
        }
    }

    private void forward(Task current, ProducerRecord<String, byte[]> record) {
        // Headers travel with the record that Kafka Streams forwards; the topic is read off the value by the sink.
        current.context()
                .forward(new Record<>(record.key(), record, clock.instant().toEpochMilli(), record.headers()));
    }
}
