package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks of a plan what waits for what, directly or through other steps, whatever else the plan contains. */
record OrderOfSteps(List<PlanStep> steps) {
    static OrderOfSteps of(Plan plan) {
        return new OrderOfSteps(plan.steps());
    }

    /** The only step with this action. */
    PlanStep step(Action action) {
        List<PlanStep> found = all(action);
        assertThat(found).as("steps with action %s", action).hasSize(1);
        return found.getFirst();
    }

    List<PlanStep> all(Action action) {
        return steps.stream().filter(step -> step.action() == action).toList();
    }

    /** Each step with the one action waits for each with the others. */
    void waits(Action action, Action... before) {
        assertThat(all(action))
                .as("steps with action %s", action)
                .isNotEmpty()
                .allSatisfy(step -> assertThat(actionsBefore(step))
                        .as("what step %d waits for", step.stepOrder())
                        .contains(before));
        Arrays.stream(before)
                .forEach(each ->
                        assertThat(all(each)).as("steps with action %s", each).isNotEmpty());
    }

    /** The two run at the same time. */
    void together(Action one, Action other) {
        all(one).forEach(step -> assertThat(actionsBefore(step)).doesNotContain(other));
        all(other).forEach(step -> assertThat(actionsBefore(step)).doesNotContain(one));
    }

    /** The last step: every other one is over when it begins. */
    void last(Action action) {
        assertThat(before(step(action))).hasSize(steps.size() - 1);
    }

    private Set<Action> actionsBefore(PlanStep step) {
        Set<PlanStep> before = before(step);
        return before.stream()
                .map(PlanStep::action)
                .filter(each -> before.containsAll(all(each)))
                .collect(Collectors.toSet());
    }

    private Set<PlanStep> before(PlanStep step) {
        Set<PlanStep> found = new LinkedHashSet<>();
        Deque<PlanStep> open = new ArrayDeque<>(List.of(step));
        while (!open.isEmpty()) {
            for (int order : open.remove().dependsOn()) {
                PlanStep earlier = steps.get(order - 1);
                if (found.add(earlier)) {
                    open.add(earlier);
                }
            }
        }
        return found;
    }
}
