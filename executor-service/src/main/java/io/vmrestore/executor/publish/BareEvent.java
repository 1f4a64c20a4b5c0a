package io.vmrestore.executor.publish;

import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.RestoreResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step's event with what decides alone: how the attempt ended and what it made. */
final class BareEvent {
    private BareEvent() {}

    /** @param reason why the rest is left out, which the event tells instead */
    static StepEvent of(StepEvent event, String reason) {
        Map<String, Object> told = Map.of("left_out", "The detail cannot be published: " + reason);
        return switch (event) {
            case StepStarted started -> started;
            case StepProgressed it -> new StepProgressed(it.step(), it.time(), it.resources(), told);
            case StepCompleted it ->
                new StepCompleted(it.step(), it.time(), it.resources(), told, result(it.result(), reason));
            case StepFailed it ->
                new StepFailed(
                        it.step(),
                        it.time(),
                        Failure.of(it.failure().kind(), "The error's text cannot be published: " + reason),
                        it.retryable(),
                        it.resources(),
                        told);
        };
    }

    private static @Nullable RestoreResult result(@Nullable RestoreResult result, String reason) {
        if (result == null) {
            return null;
        }
        Difference count = new Difference(
                "differences", Integer.toString(result.differences().size()), "not shown: " + reason);
        return new RestoreResult(result.serverId(), result.volumeId(), result.portIds(), result.ips(), List.of(count));
    }
}
