package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.RestoreMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what would stop dispatch halfway: steps that can never begin, or that begin before what they need was made.
 * Plans come from outside, and one that cannot be followed must be refused before the first step.
 */
final class PlanCheck {
    private PlanCheck() {}

    /** What is wrong with the steps of a plan that may be executed; empty if nothing is. */
    static Optional<String> problem(Plan plan) {
        if (!plan.eligible()) {
            return Optional.empty();
        }
        Map<Integer, PlanStep> known = new HashMap<>();
        Map<Integer, Set<Integer>> before = new HashMap<>();
        for (PlanStep step : plan.steps()) {
            int order = step.stepOrder();
            if (!known.keySet().containsAll(step.dependsOn())) {
                return Optional.of("step " + order + " depends on a step that is not listed before it");
            }
            if (known.put(order, step) != null) {
                return Optional.of("step " + order + " is listed twice");
            }
            if (step.action().rollback()) {
                return Optional.of("step " + order + " is " + step.action().wireName() + ", which no plan contains");
            }
            if (step.action().oneForAnInterface() && !hasInterface(plan, step)) {
                return Optional.of("step " + order + " names no interface of the plan");
            }
            Set<Integer> all = new HashSet<>(step.dependsOn());
            step.dependsOn().forEach(dependency -> all.addAll(before.getOrDefault(dependency, Set.of())));
            before.put(order, all);
        }
        return missing(plan)
                .or(() -> plan.steps().stream()
                        .filter(step ->
                                !before.getOrDefault(step.stepOrder(), Set.of()).containsAll(makers(plan, step)))
                        .map(step -> "step " + step.stepOrder() + " ("
                                + step.action().wireName() + ") does not wait for what it needs")
                        .findFirst());
    }

    private static boolean hasInterface(Plan plan, PlanStep step) {
        return plan.nics().stream().anyMatch(nic -> Integer.valueOf(nic.index()).equals(step.nic()));
    }

    private static Optional<String> missing(Plan plan) {
        if (plan.mode() != RestoreMode.REPLACE
                && plan.steps().stream().anyMatch(step -> step.action().pointOfNoReturn())) {
            return Optional.of("a plan beside the original must not delete it");
        }
        return Arrays.stream(Action.values())
                .filter(action -> action.onceIn(plan.mode()) && count(plan, action) != 1)
                // What every plan needs is told before what only a replacement needs.
                .min(Comparator.comparing(action -> !action.onceIn(RestoreMode.NEW)))
                .map(action -> "the plan must have exactly one step " + action.wireName());
    }

    private static long count(Plan plan, Action action) {
        return plan.steps().stream().filter(step -> step.action() == action).count();
    }

    /** The steps whose resources a step's command names, and those that must have gone well before it does harm. */
    private static List<Integer> makers(Plan plan, PlanStep step) {
        return plan.steps().stream()
                .filter(maker -> step.action().needs().contains(maker.action()))
                .map(PlanStep::stepOrder)
                .toList();
    }
}
