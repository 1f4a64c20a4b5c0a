package io.vmrestore.common.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore will do, computed by reads only. A plan is data: dispatch follows its steps and their dependencies.
 *
 * @param newName name of the restored VM
 * @param volumeName name of its boot volume, {@code restored-<original>-<time>}
 * @param eligible whether the plan may be executed; if not, {@code reasons} says why
 * @param warnings what will not be preserved or is not certain, in words for the operator
 * @param carried what is carried beyond the server's own record; null in plans of versions that did not tell
 * @param bootMode what the original boots from, by the same verdict as in the list of VMs; null in plans of versions
 *     that did not tell
 * @param warningSeverities of each warning, in their order; null in plans of versions that did not tell
 * @param userData the original's cloud-init user_data (base64 as Nova gives it), which is sealed; null if it has none
 */
public record Plan(
        RestoreMode mode,
        IpStrategy ipStrategy,
        String projectId,
        String projectName,
        String newName,
        String volumeName,
        SourceServer server,
        RestorePoint restorePoint,
        List<NicPlan> nics,
        List<QuotaLine> quota,
        boolean eligible,
        List<String> reasons,
        List<String> warnings,
        List<PlanStep> steps,
        Fingerprint fingerprint,
        @Nullable Carried carried,
        @Nullable BootMode bootMode,
        @Nullable List<WarningSeverity> warningSeverities,
        @Nullable Sealed userData) {

    /** The plan for steps that have no business with user_data. */
    public Plan withoutUserData() {
        return withUserData(null);
    }

    /** The same plan with its user_data elsewhere. */
    public Plan withUserData(@Nullable Sealed other) {
        return new Plan(
                mode,
                ipStrategy,
                projectId,
                projectName,
                newName,
                volumeName,
                server,
                restorePoint,
                nics,
                quota,
                eligible,
                reasons,
                warnings,
                steps,
                fingerprint,
                carried,
                bootMode,
                warningSeverities,
                other);
    }
}
