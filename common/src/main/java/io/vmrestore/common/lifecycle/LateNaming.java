package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.Transition.Applied;
import io.vmrestore.common.lifecycle.Transition.Ignored;
import java.util.List;

/**
 * What an answer still counts for that comes too late: after a later attempt was commanded, after its step or its
 * restore has ended. It decides nothing any more, but a resource that it is the first to name exists in the cloud and
 * must not stay without a name.
 */
final class LateNaming {
    private LateNaming() {}

    /** An answer to a restore that has ended. */
    static Transition ended(JobState state, StepEvent event) {
        String reason = "the job has ended " + state.status();
        StepAddress address = event.step();
        return state.step(address.stepOrder())
                .filter(step -> step.plan().action() == address.action() && address.attempt() <= step.attempt())
                .map(step -> evolve(state, step, event, reason))
                .orElseGet(() -> new Ignored(reason));
    }

    /**
     * An answer to a step that has ended or is being tried again.
     *
     * @param reason why nothing else of it counts
     */
    static Transition evolve(JobState state, StepState step, StepEvent event, String reason) {
        List<Resource> news = named(step, event).stream()
                .filter(resource -> !state.names(resource))
                .distinct()
                .toList();
        if (news.isEmpty()) {
            return new Ignored(reason);
        }
        JobBuilder job = new JobBuilder(state, event.time()).step(step.madeBefore(news));
        boolean rollbackDecides =
                step.plan().action().rollback() && !state.status().terminal();
        return new Applied((rollbackDecides ? job : job.left(news)).build());
    }

    /** What the answer says is there. */
    private static List<Resource> named(StepState step, StepEvent event) {
        if (step.plan().action().namesWhatItRemoved()) {
            return List.of();
        }
        boolean rollback = step.plan().action().rollback();
        if (rollback && step.status() == StepStatus.COMPLETED) {
            return List.of();
        }
        return switch (event) {
            case StepStarted _ -> List.of();
            case StepProgressed progressed -> progressed.resources();
            case StepCompleted completed -> rollback ? List.of() : completed.resources();
            case StepFailed failed -> failed.resources();
        };
    }
}
