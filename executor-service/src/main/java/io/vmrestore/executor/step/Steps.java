package io.vmrestore.executor.step;

import static java.util.stream.Collectors.joining;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.attempt.StopSignal;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.failure.CloudException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every step there is, by its action. */
@Component
public final class Steps {
    private final Map<Action, Step<?>> byAction = new EnumMap<>(Action.class);

    /** @throws IllegalStateException naming the action that no step, or more than one, carries out */
    public Steps(List<Step<?>> steps) {
        for (Step<?> step : steps) {
            Step<?> other = byAction.put(step.action(), step);
            if (other != null) {
                throw new IllegalStateException("Two steps carry out the action "
                        + step.action().wireName() + ": " + other.getClass().getName() + " and "
                        + step.getClass().getName() + "; one must go");
            }
        }
        String missing = Arrays.stream(Action.values())
                .filter(action -> !byAction.containsKey(action))
                .map(Action::wireName)
                .collect(joining(", "));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("No step carries out the action " + missing + ": a @Component that"
                    + " implements Step is missing in a package below " + Steps.class.getPackageName());
        }
    }

    /**
     * Carries a task out.
     *
     * @throws StepFailure if it cannot be done
     * @throws CloudException if the cloud refused or failed
     * @throws InterruptedException if the attempt is no longer ours
     */
    public void execute(StepTask task, Attempt attempt) throws InterruptedException {
        execute(step(attempt), task, attempt);
    }

    /**
     * Ends a step before it began, because its restore is being stopped: an earlier attempt may have made something
     * that nobody has heard of, and it must not stay without a name.
     *
     * @throws StepFailure of kind STOPPED, always
     * @throws CloudException if it cannot be looked up
     */
    public void stopBefore(StepTask task, Attempt attempt) {
        nameMade(task, attempt);
        throw StopSignal.stopped();
    }

    /**
     * Names what the step has made, whichever attempt or executor it was.
     *
     * @throws CloudException if it cannot be looked up
     */
    public void nameMade(StepTask task, Attempt attempt) {
        nameMade(step(attempt), task, attempt);
    }

    private Step<?> step(Attempt attempt) {
        Action action = attempt.address().action();
        Step<?> step = byAction.get(action);
        if (step == null) {
            throw new IllegalStateException("No step carries out the action " + action.wireName());
        }
        return step;
    }

    private static <T extends StepTask> void execute(Step<T> step, StepTask task, Attempt attempt)
            throws InterruptedException {
        step.execute(step.taskType().cast(task), attempt);
    }

    private static <T extends StepTask> void nameMade(Step<T> step, StepTask task, Attempt attempt) {
        step.nameMade(step.taskType().cast(task), attempt);
    }
}
