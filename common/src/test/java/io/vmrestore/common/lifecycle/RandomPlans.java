package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.RestoreMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plans whose steps depend on each other at random, within what every plan must keep to. */
final class RandomPlans {
    private RandomPlans() {}

    static Plan next(Random random, RestoreMode mode) {
        if (random.nextInt(20) == 0) {
            return Plans.notEligible("quota of instances");
        }
        int nics = random.nextInt(4);
        List<PlanStep> steps = new ArrayList<>();
        add(steps, random, Action.VALIDATE, null);
        add(steps, random, Action.CHECK_QUOTA, null);
        List<Integer> made = new ArrayList<>();
        if (mode == RestoreMode.REPLACE) {
            return replacing(random, nics, steps);
        }
        int volumeTurn = random.nextInt(nics + 1);
        for (int turn = 0; turn <= nics; turn++) {
            Integer nic = turn == volumeTurn ? null : turn < volumeTurn ? turn : turn - 1;
            made.add(add(steps, random, nic == null ? Action.CREATE_VOLUME : Action.CREATE_PORT, nic));
        }
        return Plans.withSteps(nics, ending(random, steps, made));
    }

    /** Everything that may fail without harm comes first. */
    private static Plan replacing(Random random, int nics, List<PlanStep> steps) {
        List<Integer> made = new ArrayList<>();
        int volume = add(
                steps, random, Action.CREATE_VOLUME, null, 1, steps.getLast().stepOrder());
        int deleted =
                add(steps, random, Action.DELETE_SERVER, null, 1, steps.get(1).stepOrder(), volume);
        made.add(deleted);
        for (int nic = 0; nic < nics; nic++) {
            made.add(add(steps, random, Action.CREATE_PORT, nic, deleted));
        }
        return Plans.replacing(nics, ending(random, steps, made));
    }

    private static List<PlanStep> ending(Random random, List<PlanStep> steps, List<Integer> made) {
        int server = add(steps, random, Action.CREATE_SERVER, null, made.toArray(Integer[]::new));
        int last = server;
        if (random.nextInt(4) > 0) {
            last = add(steps, random, Action.WAIT_ACTIVE, null, server);
        }
        add(steps, random, Action.FINALIZE, null, last);
        return steps;
    }

    private static int add(
            List<PlanStep> steps, Random random, Action action, @Nullable Integer nic, Integer... dependencies) {
        TreeSet<Integer> all = new TreeSet<>(List.of(dependencies));
        steps.stream()
                .filter(_ -> random.nextInt(3) == 0)
                .map(PlanStep::stepOrder)
                .forEach(all::add);
        // Orders may have gaps.
        int order = steps.isEmpty() ? 1 : steps.getLast().stepOrder() + 1 + random.nextInt(2);
        steps.add(new PlanStep(order, action, List.copyOf(all), nic, null, 1 + random.nextInt(3), 60));
        return order;
    }
}
