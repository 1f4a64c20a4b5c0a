package io.vmrestore.common.codec;

import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreDryRun;
import io.vmrestore.common.contract.RestoreEvent.RestoreFailed;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.RestoreResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is only told within bounds, so that an event always fits its record: error texts, a step's detail, the
 * differences of a result. What was made, and plans, are never cut.
 */
final class EventBounds {
    /** Far more than any person reads. */
    static final int LONGEST_MESSAGE = 8 * 1024;

    private static final int MOST_DIFFERENCES = 500;
    private static final int LONGEST_VALUE = 1024;

    private EventBounds() {}

    static RestoreEvent of(RestoreEvent event) {
        return switch (event) {
            case StepProgressed it ->
                new StepProgressed(it.step(), it.time(), it.resources(), DetailBounds.of(it.detail()), it.waitingFor());
            case StepCompleted it ->
                new StepCompleted(
                        it.step(), it.time(), it.resources(), DetailBounds.of(it.detail()), result(it.result()));
            case StepFailed it ->
                new StepFailed(
                        it.step(),
                        it.time(),
                        failure(it.failure()),
                        it.retryable(),
                        it.resources(),
                        DetailBounds.of(it.detail()));
            case PlanRejected it -> new PlanRejected(it.jobId(), it.vmId(), it.time(), failure(it.failure()));
            case ExecutionRefused it ->
                new ExecutionRefused(
                        it.jobId(),
                        it.vmId(),
                        it.time(),
                        it.executionId(),
                        DetailBounds.text(it.reason(), LONGEST_MESSAGE));
            case RestoreCompleted it -> {
                RestoreResult result = result(it.result());
                yield result == null ? it : new RestoreCompleted(it.jobId(), it.vmId(), it.time(), result);
            }
            case RestoreFailed it ->
                new RestoreFailed(it.jobId(), it.vmId(), it.time(), failure(it.failure()), it.leftovers());
            case RestoreRequested _,
                    PlanCreated _,
                    ExecutionRequested _,
                    RestoreStarted _,
                    StepStarted _,
                    StepSkipped _,
                    CancellationRequested _,
                    RedriveRequested _,
                    RollbackStarted _,
                    RestoreCancelled _,
                    RestoreInterrupted _,
                    RestoreDryRun _ -> event;
        };
    }

    private static Failure failure(Failure failure) {
        return new Failure(
                failure.kind(),
                DetailBounds.text(failure.message(), LONGEST_MESSAGE),
                failure.service(),
                failure.httpStatus(),
                failure.requestId());
    }

    /** Differences beyond the bound are counted by one more. */
    private static @Nullable RestoreResult result(@Nullable RestoreResult result) {
        if (result == null) {
            return null;
        }
        List<Difference> all = result.differences();
        int shown = all.size() > MOST_DIFFERENCES ? MOST_DIFFERENCES - 1 : all.size();
        List<Difference> kept = new ArrayList<>();
        all.stream().limit(shown).map(EventBounds::bounded).forEach(kept::add);
        if (shown < all.size()) {
            kept.add(new Difference("further differences", Integer.toString(all.size() - shown), "not shown"));
        }
        return kept.equals(all)
                ? result
                : new RestoreResult(
                        result.serverId(), result.volumeId(), result.portIds(), result.ips(), List.copyOf(kept));
    }

    private static Difference bounded(Difference difference) {
        return new Difference(
                DetailBounds.text(difference.field(), LONGEST_VALUE),
                DetailBounds.text(difference.original(), LONGEST_VALUE),
                DetailBounds.text(difference.restored(), LONGEST_VALUE),
                difference.addedByRestore());
    }
}
