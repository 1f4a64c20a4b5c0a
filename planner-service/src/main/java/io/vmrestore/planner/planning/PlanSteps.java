package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.RestoreMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a restore. Beside the original: both checks at once, then volume and ports at once, then the server. In
 * its place: everything that may fail without harm comes before the deletion, and the ports after it, when their
 * addresses are free.
 */
final class PlanSteps {
    /** Timeouts that an operator chooses; every other step has its action's own. */
    private final Map<Action, Duration> chosen;

    private final List<PlanStep> steps = new ArrayList<>();

    private PlanSteps(PlanningSettings settings) {
        chosen = Map.of(
                Action.CREATE_VOLUME, settings.volumeTimeout(),
                Action.DELETE_SERVER, settings.deleteTimeout(),
                Action.WAIT_ACTIVE, settings.serverTimeout());
    }

    static List<PlanStep> of(PlanningSettings settings, RestoreMode mode, List<NicPlan> nics) {
        PlanSteps plan = new PlanSteps(settings);
        List<Integer> checks =
                List.of(plan.add(Action.VALIDATE, List.of(), null), plan.add(Action.CHECK_QUOTA, List.of(), null));
        int volume = plan.add(Action.CREATE_VOLUME, checks, null);
        List<Integer> parts = new ArrayList<>(List.of(volume));
        List<Integer> beforePorts = switch (mode) {
            case NEW -> checks;
            case REPLACE -> {
                int deleted = plan.add(Action.DELETE_SERVER, List.of(volume), null);
                parts.add(deleted);
                yield List.of(deleted);
            }
        };
        for (NicPlan nic : nics) {
            parts.add(plan.add(Action.CREATE_PORT, beforePorts, nic.index()));
        }
        int server = plan.add(Action.CREATE_SERVER, List.copyOf(parts), null);
        int active = plan.add(Action.WAIT_ACTIVE, List.of(server), null);
        plan.add(Action.FINALIZE, List.of(active), null);
        return List.copyOf(plan.steps);
    }

    private int add(Action action, List<Integer> dependsOn, @Nullable Integer nic) {
        int order = steps.size() + 1;
        steps.add(new PlanStep(
                order,
                action,
                dependsOn,
                nic,
                null,
                action.maxAttempts(),
                chosen.getOrDefault(action, action.timeout()).toSeconds()));
        return order;
    }
}
