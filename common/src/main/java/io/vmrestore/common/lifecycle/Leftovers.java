package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.StepStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names what a restore made and did not remove, and what it left of a VM that it replaced. */
final class Leftovers {
    private Leftovers() {}

    /** What stays of the replaced VM after the restore has succeeded, such as its boot volume. */
    static List<Resource> ofOriginal(JobState state) {
        return state.forwardSteps()
                .filter(step -> step.plan().action().pointOfNoReturn())
                .flatMap(step -> step.resources().stream())
                .toList();
    }

    static List<Resource> of(JobState state) {
        Set<Integer> undone = state.rollbackSteps()
                .filter(step -> step.status() == StepStatus.COMPLETED)
                .map(step -> step.plan().undoes())
                .collect(Collectors.toSet());
        // A rollback step may find what its forward step made and never told; if it fails to remove it, it names it.
        Stream<StepState> notUndone = Stream.concat(
                state.forwardSteps()
                        .filter(step -> !step.plan().action().namesWhatItRemoved())
                        .filter(step -> !undone.contains(step.stepOrder())),
                state.rollbackSteps().filter(step -> step.status() != StepStatus.COMPLETED));
        return Stream.concat(notUndone.flatMap(step -> step.resources().stream()), state.leftovers().stream())
                .distinct()
                .toList();
    }
}
