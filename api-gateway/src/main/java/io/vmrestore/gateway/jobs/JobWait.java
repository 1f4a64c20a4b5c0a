package io.vmrestore.gateway.jobs;

import java.time.Duration;
import java.util.UUID;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

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

    /** The status service's parameters. */
    default MultiValueMap<String, String> parameters() {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        switch (this) {
            case Not _ -> {}
            case UntilPlanned _ -> parameters.set("until", "planned");
            case UntilAdmitted admitted -> {
                parameters.set("until", "admitted");
                parameters.set("execution_id", admitted.executionId().toString());
            }
            case UntilChanged changed -> parameters.set("after_version", Long.toString(changed.version()));
            case UntilEnded _ -> parameters.set("until", "ended");
        }
        if (longest().isPositive()) {
            parameters.set("wait_millis", Long.toString(longest().toMillis()));
        }
        return parameters;
    }
}
