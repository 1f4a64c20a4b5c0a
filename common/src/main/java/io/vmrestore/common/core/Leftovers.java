package io.vmrestore.common.core;

import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.StepStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Names what a restore made and did not remove. */
final class Leftovers {
    private Leftovers() {}

    static List<Resource> of(JobState state) {
        Set<Integer> undone = state.rollbackSteps()
                .filter(step -> step.status() == StepStatus.COMPLETED)
                .map(step -> step.plan().undoes())
                .collect(Collectors.toSet());
        return state.forwardSteps()
                .filter(step -> !undone.contains(step.stepOrder()))
                .flatMap(step -> step.resources().stream())
                .distinct()
                .toList();
    }
}
