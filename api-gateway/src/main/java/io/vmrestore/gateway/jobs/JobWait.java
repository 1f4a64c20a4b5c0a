package io.vmrestore.gateway.jobs;

import io.vmrestore.support.api.JobsApi;
import io.vmrestore.support.api.Milestone;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What a read of a job waits for, and how long at most. */
public sealed interface JobWait {

    /** Answers at once. */
    record Not() implements JobWait {}

    /** Until the plan is ready or planning has failed. */
    record UntilPlanned(Duration limit) implements JobWait {}

    /** Until dispatch has decided about this request to execute. */
    record UntilAdmitted(UUID executionId, Duration limit) implements JobWait {}

    /** Until the job differs from its known version, or has ended. */
    record UntilChanged(long version, Duration limit) implements JobWait {}

    /** Until the restore has ended, whichever way. */
    record UntilEnded(Duration limit) implements JobWait {}

    default Duration longest() {
        return switch (this) {
            case Not _ -> Duration.ZERO;
            case UntilPlanned planned -> planned.limit();
            case UntilAdmitted admitted -> admitted.limit();
            case UntilChanged changed -> changed.limit();
            case UntilEnded ended -> ended.limit();
        };
    }

    /** The question to the status service. */
    default Mono<ObjectNode> ask(JobsApi jobs, UUID id) {
        @Nullable Long millis = longest().isPositive() ? longest().toMillis() : null;
        return switch (this) {
            case Not _ -> jobs.job(id, null, null, null, null);
            case UntilPlanned _ -> jobs.job(id, Milestone.PLANNED.wireName(), null, null, millis);
            case UntilAdmitted admitted ->
                jobs.job(id, Milestone.ADMITTED.wireName(), admitted.executionId(), null, millis);
            case UntilChanged changed -> jobs.job(id, null, null, changed.version(), millis);
            case UntilEnded _ -> jobs.job(id, Milestone.ENDED.wireName(), null, null, millis);
        };
    }
}
