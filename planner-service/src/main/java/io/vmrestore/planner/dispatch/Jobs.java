package io.vmrestore.planner.dispatch;

import io.vmrestore.common.codec.StateCodec;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.lifecycle.JobState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The restores of this task's partition by {@code vm/job}, so that those of one VM lie together. They are stored as
 * bytes, so that one that cannot be written or read fails here and not inside Kafka Streams, where it would end the
 * thread again and again.
 */
public final class Jobs {
    /** A state holds the plan once and little else; the changelog accepts this much. */
    static final int MAX_STATE_BYTES = 8 * 1024 * 1024;

    private static final Serde<JobState> CODEC = StateCodec.serde();
    private static final String NO_TOPIC = "";

    private final KeyValueStore<String, byte[]> store;
    // Each event needs the state that the one before led to, and the deadlines look at every restore now and then;
    // reading them from their bytes again would cost more than all else that dispatch does. A task that is taken up
    // again begins with a new instance of this class.
    private final Map<String, Stored> read = new HashMap<>();

    /**
     * A restore's state with the place of the event that led to it. Both are one value of the changelog, so that after
     * a crash it is certain which events the state contains.
     */
    public record Stored(long offset, JobState job) {}

    Jobs(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    static String key(RestoreEvent event) {
        return key(event.vmId(), event.jobId());
    }

    /** Under which the store has it. */
    public static String key(JobState job) {
        return key(job.vmId(), job.jobId());
    }

    private static String key(String vmId, UUID jobId) {
        return vmId + "/" + jobId;
    }

    @Nullable
    Stored find(String key) {
        byte[] stored = store.get(key);
        return stored == null ? null : read(key, stored);
    }

    /** The other restores of the same VM. */
    List<JobState> others(JobState job) {
        List<JobState> others = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> ofVm = store.prefixScan(job.vmId() + "/", new StringSerializer())) {
            while (ofVm.hasNext()) {
                KeyValue<String, byte[]> entry = ofVm.next();
                JobState other = read(entry.key, entry.value).job();
                if (other.vmId().equals(job.vmId()) && !other.jobId().equals(job.jobId())) {
                    others.add(other);
                }
            }
        }
        return others;
    }

    void forEach(BiConsumer<String, JobState> action) {
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                action.accept(entry.key, read(entry.key, entry.value).job());
            }
        }
    }

    /** @param bytes the same from {@link #encode} */
    void put(String key, Stored state, byte[] bytes) {
        store.put(key, bytes);
        remember(key, state);
    }

    private void remember(String key, Stored state) {
        if (state.job().status().terminal()) {
            // Hardly anybody asks for it again before it is forgotten.
            read.remove(key);
        } else {
            read.put(key, state);
        }
    }

    /** How many states are kept decoded. */
    int decoded() {
        return read.size();
    }

    void drop(String key) {
        store.delete(key);
        read.remove(key);
    }

    /** @throws IllegalStateException if the state is larger than the changelog takes */
    static byte[] encode(long offset, JobState job) {
        byte[] state = CODEC.serializer().serialize(NO_TOPIC, job);
        if (state.length > MAX_STATE_BYTES) {
            throw new IllegalStateException("the restore's state would have " + state.length + " bytes, more than the "
                    + MAX_STATE_BYTES + " that are kept");
        }
        return ByteBuffer.allocate(Long.BYTES + state.length)
                .putLong(offset)
                .put(state)
                .array();
    }

    private Stored read(String key, byte[] stored) {
        Stored known = read.get(key);
        if (known != null) {
            return known;
        }
        Stored decoded = decode(stored);
        remember(key, decoded);
        return decoded;
    }

    /** Reads what the store and its changelog have. */
    public static Stored decode(byte[] stored) {
        long offset = ByteBuffer.wrap(stored).getLong();
        byte[] state = Arrays.copyOfRange(stored, Long.BYTES, stored.length);
        return new Stored(offset, CODEC.deserializer().deserialize(NO_TOPIC, state));
    }
}
