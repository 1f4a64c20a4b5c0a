package io.vmrestore.common.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan.
 *
 * @param stepOrder identity of the step within its job, from 1
 * @param dependsOn orders of the steps that must be completed first
 * @param nic index of the interface that a create_port step makes; null for other actions
 * @param undoes order of the step whose work a rollback step removes; null for forward steps
 * @param maxAttempts how often the step is commanded before its failure is final
 * @param timeoutSeconds how long one attempt may take
 */
public record PlanStep(
        int stepOrder,
        Action action,
        List<Integer> dependsOn,
        @Nullable Integer nic,
        @Nullable Integer undoes,
        int maxAttempts,
        long timeoutSeconds) {

    /** A forward step with the action's own attempts and timeout. */
    public static PlanStep of(int stepOrder, Action action, List<Integer> dependsOn, @Nullable Integer nic) {
        return new PlanStep(
                stepOrder,
                action,
                dependsOn,
                nic,
                null,
                action.maxAttempts(),
                action.timeout().toSeconds());
    }

    /** A rollback step with the action's own attempts and timeout. */
    public static PlanStep undoing(int stepOrder, Action action, List<Integer> dependsOn, int undoes) {
        return new PlanStep(
                stepOrder,
                action,
                dependsOn,
                null,
                undoes,
                action.maxAttempts(),
                action.timeout().toSeconds());
    }
}
