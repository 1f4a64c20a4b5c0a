package io.vmrestore.status.store;

import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of events made of one restore.
 *
 * @param before as the tables have it; null if they do not
 * @param stepVersions for each step that changed, by its order, the version of the restore with which it changed last
 */
public record JobChange(@Nullable JobState before, StoredJob after, Map<Integer, Long> stepVersions) {

    /** The change by a first event. */
    public static JobChange first(@Nullable JobState before, StoredJob after) {
        return new JobChange(before, after, changedSteps(before, after.state()));
    }

    /** This change and the one by a further event. */
    public JobChange then(StoredJob next) {
        Map<Integer, Long> versions = changedSteps(after.state(), next.state());
        stepVersions.forEach(versions::putIfAbsent);
        return new JobChange(before, next, versions);
    }

    /** The plan, if the tables do not have it yet. A plan never changes and is by far the largest value of a row. */
    @Nullable
    Plan newPlan() {
        return before == null || before.plan() == null ? after.state().plan() : null;
    }

    private static Map<Integer, Long> changedSteps(@Nullable JobState before, JobState after) {
        // Steps keep their places: rollback steps are only ever appended.
        List<StepState> known = before == null ? List.of() : before.steps();
        List<StepState> steps = after.steps();
        Map<Integer, Long> versions = new HashMap<>();
        for (int index = 0; index < steps.size(); index++) {
            StepState step = steps.get(index);
            if (index >= known.size() || !step.equals(known.get(index))) {
                versions.put(step.stepOrder(), after.version());
            }
        }
        return versions;
    }
}
