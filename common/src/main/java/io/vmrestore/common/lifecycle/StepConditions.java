package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.lifecycle.Outcome.Case;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The conditions of {@link StepTable}, the reasons of what does not hold, and the steps that follow. */
final class StepConditions {
    private StepConditions() {}

    /** Whether the answer is of the attempt last commanded. */
    static boolean current(Case<? extends StepEvent> it) {
        return sameAction(it) && it.event().step().attempt() == it.step().attempt();
    }

    /** Whether the answer is of an attempt before the one last commanded. */
    static boolean earlier(Case<? extends StepEvent> it) {
        return sameAction(it) && it.event().step().attempt() < it.step().attempt();
    }

    /** Whether the answer is of an attempt that was commanded. */
    static boolean commanded(Case<? extends StepEvent> it) {
        return current(it) || earlier(it);
    }

    private static boolean sameAction(Case<? extends StepEvent> it) {
        return it.event().step().action() == it.step().plan().action();
    }

    static String whyNotCommanded(Case<? extends RestoreEvent> it) {
        if (!(it.event() instanceof StepEvent answer)) {
            throw new IllegalStateException("Only the answers of executors name an attempt: " + it.event());
        }
        StepAddress named = answer.step();
        Action action = it.step().plan().action();
        return named.action() != action
                ? "step " + named.stepOrder() + " is " + action.wireName() + ", not "
                        + named.action().wireName()
                : "attempt " + named.attempt() + " of step " + named.stepOrder() + " was never commanded";
    }

    static String late(Case<? extends StepEvent> it) {
        return "a late answer of attempt " + it.event().step().attempt();
    }

    static String begun(Case<? extends StepEvent> it) {
        return earlier(it) ? late(it) : "the attempt has begun";
    }

    static String noNews(Case<? extends StepEvent> it) {
        return earlier(it) ? late(it) : "no news";
    }

    static String ended(Case<? extends StepEvent> it) {
        return earlier(it) ? late(it) : "the step has ended " + it.step().status();
    }

    /** Whether the attempt tells something new, if only that it is alive. */
    static boolean tellsNews(Case<? extends StepProgressed> it) {
        boolean news = !informed(it).equals(it.step())
                || it.event().time().isAfter(it.job().lastHeartbeat());
        return current(it) && news;
    }

    static StepState informed(Case<? extends StepProgressed> it) {
        return it.step()
                .progressed(it.event().resources(), it.event().detail())
                .waitingFor(it.event().waitingFor());
    }

    static boolean successful(Case<? extends StepCompleted> it) {
        return current(it) && missing(it) == null;
    }

    static StepState completed(Case<? extends StepCompleted> it) {
        return it.step()
                .progressed(it.event().resources(), it.event().detail())
                .madeLast(it.event().resources())
                .completed(it.event().time());
    }

    static String whyIncomplete(Case<? extends StepCompleted> it) {
        return "step " + it.step().stepOrder() + " is completed without " + missing(it);
    }

    /** What a completed step must have told, because later steps or the end of the restore need it. */
    private static @Nullable String missing(Case<? extends StepCompleted> it) {
        Action action = it.step().plan().action();
        ResourceType made = action.makes();
        if (made != null && completed(it).made() == null) {
            return "the " + made.name().toLowerCase(Locale.ROOT) + " it made";
        }
        return action.tellsTheResult() && it.event().result() == null ? "the result" : null;
    }

    /** Whether the attempt ended because its restore is being stopped. */
    static boolean stopped(Case<? extends RestoreEvent> it) {
        return it.job().stopping() && it.step().wasStopped();
    }

    /** A forward step of a restore that is being stopped is not tried again: its work would be undone anyway. */
    static boolean triedAgain(Case<? extends StepFailed> it) {
        return current(it)
                && it.event().retryable()
                && it.step().attempt() < it.step().plan().maxAttempts()
                && (it.step().plan().action().rollback() || !it.job().stopping());
    }

    static StepState retrying(Case<? extends StepFailed> it) {
        Action action = it.step().plan().action();
        return it.step()
                .progressed(it.event().resources(), it.event().detail())
                .retrying(
                        it.event().failure(),
                        it.event().time().plus(action.retryDelay(it.step().attempt())));
    }

    static StepState failed(Case<? extends StepFailed> it) {
        return it.step()
                .progressed(it.event().resources(), it.event().detail())
                .failed(it.event().failure(), it.event().time());
    }
}
