package io.vmrestore.planner.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.Topics;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** The event topic, one processor with its store, and one sink that takes each record to the topic it is made for. */
public final class DispatchTopology {
    public static final String STORE = "jobs";

    /** When the secrets of ended restores are destroyed; outlives what dispatch remembers of them. */
    public static final String ERASURES = "erasures";

    private DispatchTopology() {}

    static void addTo(
            StreamsBuilder builder,
            DispatchSettings settings,
            Clock clock,
            MeterRegistry meters,
            DispatchProgress progress) {
        DispatchMeters counters = new DispatchMeters(meters);
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(2 * Jobs.MAX_STATE_BYTES)))
                        .withCachingDisabled());
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(ERASURES), Serdes.String(), Serdes.ByteArray())
                        .withLoggingEnabled(Map.of())
                        .withCachingDisabled());
        builder.stream(
                        Topics.EVENTS,
                        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("events"))
                .process(
                        () -> new DispatchProcessor(settings, clock, counters, progress),
                        Named.as("dispatch"),
                        STORE,
                        ERASURES)
                .to(
                        (_, record, _) -> record.topic(),
                        Produced.with(Serdes.String(), valueOnly()).withName("outgoing"));
    }

    /** The records are encoded already. */
    private static Serde<ProducerRecord<String, byte[]>> valueOnly() {
        return Serdes.serdeFrom((_, record) -> record.value(), (_, _) -> {
            throw new UnsupportedOperationException("Outgoing records are only written");
        });
    }
}
