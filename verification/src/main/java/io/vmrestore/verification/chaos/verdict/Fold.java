package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.lifecycle.Evolution;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.Transition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes every restore anew from the whole log, apart from any service. */
public final class Fold {

    private static final class Job {
        private @Nullable JobState state;
        private final Map<Long, JobStatus> statuses = new LinkedHashMap<>();
        private final List<RestoreEvent> events = new ArrayList<>();
    }

    private final Map<UUID, Job> jobs = new LinkedHashMap<>();

    /** What the events so far tell of each restore. */
    public Map<UUID, FoldedJob> jobs() {
        return jobs.entrySet().stream()
                .filter(entry -> entry.getValue().state != null)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> folded(entry.getValue())));
    }

    private static FoldedJob folded(Job job) {
        if (job.state == null) {
            throw new IllegalStateException("The log does not tell how this job began");
        }
        return new FoldedJob(job.state, job.statuses, job.events);
    }

    /** Takes the next event; events come in the order of their partitions. */
    public void apply(RestoreEvent event) {
        Job job = jobs.computeIfAbsent(event.jobId(), _ -> new Job());
        job.events.add(event);
        if (Evolution.evolve(job.state, event) instanceof Transition.Applied(JobState next)) {
            job.state = next;
            job.statuses.put(next.version(), next.status());
        }
    }
}
