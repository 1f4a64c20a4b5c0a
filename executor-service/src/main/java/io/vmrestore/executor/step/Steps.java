package io.vmrestore.executor.step;

import static java.util.stream.Collectors.joining;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.BoundStep;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
     * The step that carries the action out, with its task.
     *
     * @throws IllegalArgumentException if the task is of another action
     */
    public BoundStep bind(Action action, StepTask task) {
        Step<?> step = byAction.get(action);
        if (step == null || !step.taskType().isInstance(task)) {
            throw new IllegalArgumentException("A task of type "
                    + task.getClass().getSimpleName() + " does not belong to the action " + action.wireName());
        }
        return bind(step, task);
    }

    private static <T extends StepTask> BoundStep bind(Step<T> step, StepTask task) {
        return new Bound<>(step, step.taskType().cast(task));
    }

    private record Bound<T extends StepTask>(Step<T> step, T task) implements BoundStep {
        @Override
        public void execute(Attempt attempt) throws InterruptedException {
            step.execute(task, attempt);
        }

        @Override
        public void nameMade(Attempt attempt) {
            step.nameMade(task, attempt);
        }

        @Override
        public boolean mayBeginLate() {
            return step.mayBeginLate();
        }
    }
}
