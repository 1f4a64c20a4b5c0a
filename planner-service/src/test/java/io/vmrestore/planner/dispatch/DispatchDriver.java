package io.vmrestore.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Dispatch without a broker; what it publishes to the event topic the driver gives it to read, as a broker would. */
final class DispatchDriver implements AutoCloseable {
    static final Duration PLAN_TTL = Duration.ofHours(2);
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    final SettableClock clock = new SettableClock(START);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final DispatchProgress progress = new DispatchProgress(clock);
    private final DispatchSettings settings;
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> events;

    DispatchDriver() {
        this(false);
    }

    DispatchDriver(boolean dryRun) {
        this(dryRun, OnRestart.RESUME);
    }

    DispatchDriver(boolean dryRun, OnRestart onRestart) {
        settings = new DispatchSettings(
                "dispatch-test",
                Guarantee.EXACTLY_ONCE_V2,
                dryRun,
                false,
                Duration.ofMinutes(15),
                PLAN_TTL,
                onRestart,
                Duration.ofHours(24),
                Duration.ofDays(30),
                Duration.ofSeconds(6),
                null,
                1);
        driver = open();
        events = input();
    }

    private TopologyTestDriver open() {
        StreamsBuilder builder = new StreamsBuilder();
        DispatchTopology.addTo(builder, settings, clock, meters, progress);
        Properties properties = new Properties();
        properties.putAll(DispatchProperties.of(Map.of("bootstrap.servers", "nowhere:1"), settings, (short) -1));
        return new TopologyTestDriver(builder.build(), properties, clock.instant());
    }

    private TestInputTopic<String, byte[]> input() {
        return driver.createInputTopic(Topics.EVENTS, new StringSerializer(), new ByteArraySerializer());
    }

    /** Another process takes over and goes on behind the last event: all it has is what the changelog holds. */
    void restart() {
        double read = meters.get("restore.dispatch.events").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        restartReadingAgain();
        // The driver numbers its records from 0; these stand for those that were read before.
        Restore longAgo = Restore.of("vm-of-long-ago");
        for (int offset = 0; offset < read; offset++) {
            send(longAgo.requested(START.minus(Duration.ofDays(30))));
        }
    }

    /** Another process takes over and is given every event again, as after a crash before any commit. */
    void restartReadingAgain() {
        Map<String, List<KeyValue<String, byte[]>>> changelogs = new HashMap<>();
        for (String name : List.of(DispatchTopology.STORE, DispatchTopology.ERASURES)) {
            List<KeyValue<String, byte[]>> changelog = new ArrayList<>();
            try (KeyValueIterator<String, byte[]> all = store(name).all()) {
                all.forEachRemaining(changelog::add);
            }
            changelogs.put(name, changelog);
        }
        driver.close();
        driver = open();
        changelogs.forEach(
                (name, changelog) -> changelog.forEach(entry -> store(name).put(entry.key, entry.value)));
        events = input();
    }

    private KeyValueStore<String, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    void send(RestoreEvent event) {
        ProducerRecord<String, byte[]> record = EventCodec.encode(event);
        send(record.key(), record.value(), record.headers());
    }

    void send(@Nullable String key, byte @Nullable [] value, Headers headers) {
        events.pipeInput(new TestRecord<>(key, value, new RecordHeaders(headers.toArray()), clock.instant()));
    }

    /** What dispatch has announced since the last call. */
    List<RestoreEvent> announced() {
        return read(Topics.EVENTS).stream()
                .map(record -> EventCodec.decode(record.headers(), record.value()))
                .toList();
    }

    /** What dispatch has commanded since the last call, on any topic. */
    List<RestoreCommand> commanded() {
        List<String> topics = new ArrayList<>(Topics.stepCommands());
        topics.add(Topics.PLAN_COMMANDS);
        topics.add(Topics.STOP_COMMANDS);
        return topics.stream()
                .flatMap(topic -> read(topic).stream())
                .map(record -> CommandCodec.decode(record.headers(), record.value()))
                .toList();
    }

    /** The step commands since the last call by the name of their action; an interface's number follows a port's. */
    Map<String, RunStep> steps() {
        Map<String, RunStep> steps = new HashMap<>();
        for (RestoreCommand command : commanded()) {
            if (command instanceof RunStep run) {
                steps.put(run.step().action().wireName() + "#" + run.step().stepOrder(), run);
            }
        }
        return steps;
    }

    /** The jobs whose secrets were destroyed since the last call. */
    List<UUID> destroyed() {
        return read(Topics.SECRETS).stream()
                .peek(record -> assertThat(record.value()).as("a tombstone").isNull())
                .map(record -> UUID.fromString(record.key()))
                .toList();
    }

    List<TestRecord<String, byte[]>> deadLetters() {
        return read(Topics.deadLetter(Topics.EVENTS));
    }

    private List<TestRecord<String, byte[]>> read(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    void pass(Duration time) {
        clock.advance(time);
        driver.advanceWallClockTime(time);
    }

    /** How many restores are kept decoded after all were looked at. */
    int decoded() {
        Jobs jobs = new Jobs(store(DispatchTopology.STORE));
        jobs.forEach((_, _) -> {});
        return jobs.decoded();
    }

    long stored() {
        try (KeyValueIterator<String, byte[]> all =
                store(DispatchTopology.STORE).all()) {
            long count = 0;
            for (; all.hasNext(); all.next()) {
                count++;
            }
            return count;
        }
    }

    double count(String outcome) {
        return meters.get("restore.dispatch.events")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Override
    public void close() {
        driver.close();
    }
}
