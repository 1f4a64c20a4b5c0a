package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.verification.chaos.verdict.Violation.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a run shows anything: a system in which nothing goes wrong or no restore succeeds breaks no promise either.
 */
public final class Evidence {
    private Evidence() {}

    /**
     * What the run lacks.
     *
     * @param faults that were begun
     * @param failed faults that could not be made, or whose target did not come back
     */
    public static List<Violation> missing(World world, int faults, int failed) {
        List<Violation> missing = new ArrayList<>();
        if (faults == 0) {
            missing.add(new Violation(Kind.UNPROVEN, null, "no fault was begun"));
        }
        if (failed > 0) {
            missing.add(new Violation(
                    Kind.UNPROVEN, null, failed + " faults could not be made or undone; the fault log says why"));
        }
        if (world.jobs().values().stream().noneMatch(job -> job.state().status() == JobStatus.COMPLETED)) {
            missing.add(new Violation(Kind.UNPROVEN, null, "no restore was completed"));
        }
        return missing;
    }
}
