package io.vmrestore.status.store;

import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.core.JobState;
import io.vmrestore.common.core.StepState;
import java.util.HashMap;
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
        Map<Integer, Long> versions = new HashMap<>(stepVersions);
        versions.putAll(changedSteps(after.state(), next.state()));
        return new JobChange(before, next, versions);
    }

    /** The plan, if the tables do not have it yet. A plan never changes and is by far the largest value of a row. */
    @Nullable Plan newPlan() {
        return before == null || before.plan() == null ? after.state().plan() : null;
    }

    private static Map<Integer, Long> changedSteps(@Nullable JobState before, JobState after) {
        Map<Integer, Long> versions = new HashMap<>();
        for (StepState step : after.steps()) {
            if (before == null || before.step(step.stepOrder()).filter(step::equals).isEmpty()) {
                versions.put(step.stepOrder(), after.version());
            }
        }
        return versions;
    }
}
