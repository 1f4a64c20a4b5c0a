package io.vmrestore.planner.dispatch;

import io.vmrestore.common.lifecycle.JobState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When the secret of each ended restore of this task's partition is destroyed. Kept in a store of its own: the deadline
 * may lie weeks after everything else about the restore is forgotten.
 */
final class Erasures {
    private final KeyValueStore<String, byte[]> store;
    private final Duration retention;

    /** @param retention how long after its end a restore's secret may still be needed */
    Erasures(KeyValueStore<String, byte[]> store, Duration retention) {
        this.store = store;
        this.retention = retention;
    }

    /** Sets the deadline of a restore that has ended, or moves it when something is still heard of it. */
    void note(JobState job) {
        if (job.status().terminal() && mayHaveSecret(job)) {
            Instant due = job.lastHeartbeat().plus(retention);
            store.put(
                    job.jobId().toString(),
                    ByteBuffer.allocate(Long.BYTES).putLong(due.toEpochMilli()).array());
        }
    }

    /** A planner that died, or that was too late, has kept the secret of a plan that nobody knows. */
    private static boolean mayHaveSecret(JobState job) {
        return job.plan() == null || job.plan().userData() != null;
    }

    /** The restores whose secrets are due to be destroyed. */
    List<UUID> due(Instant now) {
        List<UUID> due = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                if (ByteBuffer.wrap(entry.value).getLong() < now.toEpochMilli()) {
                    due.add(UUID.fromString(entry.key));
                }
            }
        }
        return due;
    }

    void done(UUID jobId) {
        store.delete(jobId.toString());
    }
}
