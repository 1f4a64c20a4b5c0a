package io.vmrestore.planner.dispatch;

import io.vmrestore.common.lifecycle.JobState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** The ended restores that this instance's dispatch remembers, for whoever is not on a thread of Kafka Streams. */
public final class EndedJobs {
    private final StreamsBuilderFactoryBean streams;

    EndedJobs(StreamsBuilderFactoryBean streams) {
        this.streams = streams;
    }

    /** Those of the partitions that are this instance's at the moment; none while partitions move. */
    public Collection<JobState> read() {
        KafkaStreams running = streams.getKafkaStreams();
        if (running == null || running.state() != KafkaStreams.State.RUNNING) {
            return List.of();
        }
        List<JobState> ended = new ArrayList<>();
        try {
            ReadOnlyKeyValueStore<String, byte[]> store = running.store(StoreQueryParameters.fromNameAndType(
                    DispatchTopology.STORE, QueryableStoreTypes.<String, byte[]>keyValueStore()));
            try (KeyValueIterator<String, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    KeyValue<String, byte[]> entry = all.next();
                    JobState job = Jobs.decode(entry.value).job();
                    if (job.status().terminal()) {
                        ended.add(job);
                    }
                }
            }
        } catch (InvalidStateStoreException moving) {
            return List.of();
        }
        return ended;
    }
}
