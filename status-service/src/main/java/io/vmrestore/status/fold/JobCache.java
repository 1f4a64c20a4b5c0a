package io.vmrestore.status.fold;

import io.vmrestore.status.store.JobChange;
import io.vmrestore.status.store.StoredJob;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The states that the last batches wrote, so that busy restores are not read before each batch. They are what the
 * tables hold as long as no other instance writes, and if one does, the offsets refuse the next write; whoever is
 * refused, or fails in any other way, must {@link #clear()}. Not thread-safe.
 */
final class JobCache {
    /** A state with its plan takes some ten kilobytes. */
    private static final int MOST = 500;

    private final Map<UUID, StoredJob> jobs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, StoredJob> eldest) {
            return size() > MOST;
        }
    };

    Map<UUID, StoredJob> get(Set<UUID> ids) {
        Map<UUID, StoredJob> found = new HashMap<>();
        for (UUID id : ids) {
            StoredJob job = jobs.get(id);
            if (job != null) {
                found.put(id, job);
            }
        }
        return found;
    }

    /** Keeps what was written. A restore that has ended gets no more events worth remembering it for. */
    void written(Collection<JobChange> changes) {
        for (JobChange change : changes) {
            UUID id = change.after().state().jobId();
            if (change.after().state().status().terminal()) {
                jobs.remove(id);
            } else {
                jobs.put(id, change.after());
            }
        }
    }

    void clear() {
        jobs.clear();
    }
}
