package io.vmrestore.verification.simulation;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.planner.dispatch.DispatchMeters;
import io.vmrestore.planner.dispatch.DispatchProcessor;
import io.vmrestore.planner.dispatch.DispatchProgress;
import io.vmrestore.planner.dispatch.DispatchSettings;
import io.vmrestore.planner.dispatch.DispatchTopology;
import io.vmrestore.planner.dispatch.Jobs;
import java.io.File;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Dispatch's processor on one partition, as Kafka Streams runs it; what comes out is handed to the simulation. */
final class DispatchTask {
    /** Tells the keys of the one store from those of the other in the changelog that both share here. */
    private static final String ERASURE = "erasure:";

    private static final File NO_DIRECTORY = new File(System.getProperty("java.io.tmpdir"));

    private final Map<String, byte[]> written = new TreeMap<>();
    private final ListStore store;
    private final MockProcessorContext<String, ProducerRecord<String, byte[]>> context;
    private final DispatchProcessor processor;
    private final List<Due> schedules = new ArrayList<>();
    private final Clock clock;

    /**
     * What an event or the time led to.
     *
     * @param records in the order in which they were forwarded
     * @param changes of the store, the last of each key; null values for what was dropped
     */
    record Output(List<ProducerRecord<String, byte[]>> records, Map<String, byte @Nullable []> changes) {}

    private static final class Due {
        private final MockProcessorContext.CapturedPunctuator punctuator;
        private long nextMillis;

        Due(MockProcessorContext.CapturedPunctuator punctuator, long nextMillis) {
            this.punctuator = punctuator;
            this.nextMillis = nextMillis;
        }
    }

    /**
     * A task that begins with what the changelog had.
     *
     * @param restored the store's content
     */
    DispatchTask(
            int partition, Map<String, byte[]> restored, DispatchSettings settings, Clock clock, MeterRegistry meters) {
        this.clock = clock;
        Map<String, byte[]> jobs = new TreeMap<>();
        Map<String, byte[]> erasures = new TreeMap<>();
        restored.forEach((key, value) -> {
            if (key.startsWith(ERASURE)) {
                erasures.put(key.substring(ERASURE.length()), value);
            } else {
                jobs.put(key, value);
            }
        });
        store = new ListStore(DispatchTopology.STORE, jobs, written::put);
        ListStore due =
                new ListStore(DispatchTopology.ERASURES, erasures, (key, value) -> written.put(ERASURE + key, value));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        context = new MockProcessorContext<>(properties, new TaskId(0, partition), NO_DIRECTORY);
        context.addStateStore(store);
        context.addStateStore(due);
        processor = new DispatchProcessor(settings, clock, new DispatchMeters(meters), new DispatchProgress(clock));
        processor.init(context);
        context.scheduledPunctuators()
                .forEach(punctuator -> schedules.add(new Due(
                        punctuator, clock.millis() + punctuator.getInterval().toMillis())));
    }

    /** Processes one event. */
    Output process(ConsumerRecord<String, byte[]> event) {
        context.setRecordMetadata(event.topic(), event.partition(), event.offset());
        processor.process(new Record<>(event.key(), event.value(), event.timestamp(), event.headers()));
        return output();
    }

    /** Does what is due. */
    Output punctuate() {
        for (Due due : schedules) {
            if (!due.punctuator.cancelled() && due.nextMillis <= clock.millis()) {
                due.nextMillis = clock.millis() + due.punctuator.getInterval().toMillis();
                due.punctuator.getPunctuator().punctuate(clock.millis());
            }
        }
        return output();
    }

    /** When something is due next. */
    long nextMillis() {
        return schedules.stream()
                .filter(due -> !due.punctuator.cancelled())
                .mapToLong(due -> due.nextMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The restore as stored, with the offset of the last event that changed it; null if it is unknown. */
    Jobs.@Nullable Stored known(String vmId, java.util.UUID jobId) {
        byte[] stored = store.get(vmId + "/" + jobId);
        return stored == null ? null : Jobs.decode(stored);
    }

    /** The restores that have ended and are remembered. */
    List<JobState> ended() {
        List<JobState> ended = new ArrayList<>();
        store.all().forEachRemaining(entry -> {
            JobState job = Jobs.decode(entry.value).job();
            if (job.status().terminal()) {
                ended.add(job);
            }
        });
        return ended;
    }

    private Output output() {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        context.forwarded().forEach(forwarded -> records.add(forwarded.record().value()));
        Map<String, byte @Nullable []> changes = new TreeMap<>(written);
        context.resetForwards();
        written.clear();
        return new Output(records, changes);
    }
}
