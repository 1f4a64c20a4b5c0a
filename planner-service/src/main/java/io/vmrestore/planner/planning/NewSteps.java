package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.PlanStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a restore beside the original: both checks at once, then volume and ports at once, then the server. */
final class NewSteps {
    private final PlanningSettings settings;
    private final List<PlanStep> steps = new ArrayList<>();

    private NewSteps(PlanningSettings settings) {
        this.settings = settings;
    }

    static List<PlanStep> of(PlanningSettings settings, List<NicPlan> nics) {
        NewSteps plan = new NewSteps(settings);
        List<Integer> checks =
                List.of(plan.add(Action.VALIDATE, List.of(), null), plan.add(Action.CHECK_QUOTA, List.of(), null));
        List<Integer> parts = new ArrayList<>();
        parts.add(plan.add(Action.CREATE_VOLUME, checks, null));
        for (NicPlan nic : nics) {
            parts.add(plan.add(Action.CREATE_PORT, checks, nic.index()));
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
                timeout(action).toSeconds()));
        return order;
    }

    private Duration timeout(Action action) {
        return switch (action) {
            case CREATE_VOLUME -> settings.volumeTimeout();
            case WAIT_ACTIVE -> settings.serverTimeout();
            case VALIDATE,
                    CHECK_QUOTA,
                    CREATE_PORT,
                    CREATE_SERVER,
                    FINALIZE,
                    ROLLBACK_SERVER,
                    ROLLBACK_PORT,
                    ROLLBACK_VOLUME -> action.timeout();
        };
    }
}
