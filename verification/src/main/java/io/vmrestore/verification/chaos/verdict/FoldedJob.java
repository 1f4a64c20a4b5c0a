package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.lifecycle.JobState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A restore as its events tell it.
 *
 * @param statuses the status by version
 * @param events all of them in the order of the log, also those that changed nothing
 */
public record FoldedJob(JobState state, Map<Long, JobStatus> statuses, List<RestoreEvent> events) {

    /** Whether an event of this type is in the log. */
    public boolean has(Class<? extends RestoreEvent> type) {
        return events.stream().anyMatch(type::isInstance);
    }

    /** Whether the job names this as its result or as left behind. */
    boolean names(CloudResource resource) {
        return named().contains(resource.type() + "/" + resource.id());
    }

    private Set<String> named() {
        Set<String> named = new HashSet<>();
        for (Resource left : state.leftovers()) {
            named.add(left.type() + "/" + left.id());
        }
        RestoreResult result = state.result();
        if (result != null) {
            named.add(ResourceType.SERVER + "/" + result.serverId());
            named.add(ResourceType.VOLUME + "/" + result.volumeId());
            result.portIds().forEach(port -> named.add(ResourceType.PORT + "/" + port));
        }
        return named;
    }
}
