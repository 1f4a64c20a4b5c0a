package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.Outcome.Case;
import java.util.List;

/**
 * What an answer still counts for that comes too late: after a later attempt was commanded, after its step or its
 * restore has ended. It decides nothing any more, but a resource that it is the first to name exists in the cloud and
 * must not stay without a name.
 */
final class LateNaming {
    private LateNaming() {}

    /** Whether the answer, of an attempt that was commanded, is the first to name a resource. */
    static boolean namesNews(Case<? extends StepEvent> it) {
        return it.about() != null && StepConditions.commanded(it) && (!news(it).isEmpty() || tellsNotProven(it));
    }

    /** Whether it is the first to tell of something that looks like the step's work. */
    private static boolean tellsNotProven(Case<? extends StepEvent> it) {
        return !it.step().notProven().containsAll(notProven(it.event()));
    }

    private static List<String> notProven(StepEvent event) {
        return event instanceof StepProgressed progressed
                ? StepState.texts(progressed.detail().get(StepProgressed.NOT_PROVEN))
                : List.of();
    }

    static JobBuilder name(JobBuilder job, Case<? extends StepEvent> it) {
        List<Resource> news = news(it);
        StepState step = it.step().madeBefore(news);
        job.step(tellsNotProven(it) ? step.withNotProven(notProven(it.event())) : step);
        boolean rollbackDecides =
                it.step().plan().action().rollback() && !it.job().status().terminal();
        return rollbackDecides ? job : job.left(news);
    }

    private static List<Resource> news(Case<? extends StepEvent> it) {
        return named(it.step(), it.event()).stream()
                .filter(resource -> !it.job().names(resource))
                .distinct()
                .toList();
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
